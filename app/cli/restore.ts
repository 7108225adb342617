import { resolve } from 'node:path'
import { Command } from 'commander'
import { homeDirectory } from '../home.ts'
import type { BackupManifest } from './backup/backup-manifest.ts'

export function restoreCommand(): Command {
  return new Command('restore')
    .description('make a home from a backup, once every hash, the audit trail and the served snapshot were checked')
    .argument('<folder>', 'the backup')
    .option('--home <directory>', 'a new or empty folder (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print the manifest as JSON')
    .action(async (folder: string, flags: { home?: string; json?: true }) => {
      const { restoreBackup } = await import('./backup/restore-backup.ts')
      const directory = homeDirectory(flags.home)
      const manifest = await restoreBackup(resolve(folder), directory)
      process.stdout.write(flags.json ? `${JSON.stringify(manifest, null, 2)}\n` : restoreReport(directory, manifest))
    })
}

function restoreReport(directory: string, { createdAt, files, trail, servedSnapshotId, hasKeys }: BackupManifest) {
  return [
    `Restored the backup of ${createdAt} to ${directory}: ${files.length} files, each as it was backed up.`,
    servedSnapshotId === null ? 'Nothing had been loaded.' : `Served is snapshot ${servedSnapshotId}.`,
    trail === null ? 'It holds no ledger.' : `The audit trail holds: ${trail.size} events, root ${trail.root}`,
    ...(hasKeys
      ? []
      : [
          `Before anything is loaded or signed, put checkpoint.key and pseudonym.key back into ${directory}/keys:`,
          'without them customers get other pseudonyms, and no checkpoint can be signed.',
        ]),
    '',
  ].join('\n')
}
