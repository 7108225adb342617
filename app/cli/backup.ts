import { resolve } from 'node:path'
import { Command } from 'commander'
import { homeDirectory, openHome } from '../home.ts'
import { ledgerUrl } from '../open-home-ledger.ts'
import type { BackupManifest } from './backup/backup-manifest.ts'

export function backupCommand(): Command {
  return new Command('backup')
    .description('copy a home while it is in use: ledger, served and cited snapshots, with hashes of every file')
    .argument('<folder>', 'a new or empty folder')
    .option('--with-keys', 'the secret keys too; without it they are to be kept apart')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print the manifest as JSON')
    .action(async (folder: string, flags: { withKeys?: true; home?: string; json?: true }) => {
      const { writeBackup } = await import('./backup/write-backup.ts')
      const home = openHome(homeDirectory(flags.home))
      const options = { withKeys: flags.withKeys === true, now: new Date() }
      const manifest = await writeBackup(home, resolve(folder), options)
      process.stdout.write(flags.json ? `${JSON.stringify(manifest, null, 2)}\n` : backupReport(folder, manifest))
    })
}

function backupReport(folder: string, { files, trail, servedSnapshotId, hasKeys }: BackupManifest): string {
  const bytes = files.reduce((sum, { byteCount }) => sum + byteCount, 0)
  const snapshots = files.filter(({ path }) => path.endsWith('.duckdb')).length
  return [
    `Backed up ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, to ${folder}.`,
    servedSnapshotId === null ? 'Nothing was loaded yet.' : `Snapshots: ${snapshots}, served: ${servedSnapshotId}.`,
    trail !== null
      ? `The audit trail in it holds: ${trail.size} events, root ${trail.root}`
      : ledgerUrl() === undefined
        ? 'There is no ledger yet.'
        : 'The ledger lies on PostgreSQL and is not in it: take it with pg_dump.',
    hasKeys
      ? 'The secret keys are in it: whoever has this folder can sign checkpoints.'
      : 'The secret keys are not in it: keep the folder keys apart.',
    '',
  ].join('\n')
}
