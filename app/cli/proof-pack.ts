import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { Command } from 'commander'
import { exportTiles } from '#governance/audit/export-tiles.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { getProofPack } from '#governance/proof-pack/proof-pack.ts'
import { approvalWorkingDays } from '#governance/review/stop-type.ts'
import { OversightError } from '#models/oversight-error.ts'
import { proofPackHtml } from '../proof-pack/proof-pack-html.ts'
import { withLedger } from './with-ledger.ts'

export function proofPackCommand(): Command {
  return new Command('proof-pack')
    .description(
      'write what a buyer or auditor asks for: who does what, escalation rules, sampling, policy and its history, decisions, and the audit trail with its verifier',
    )
    .requiredOption('-o, --output <folder>', 'a new or empty folder, which appears when it is complete')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .action((flags: { output: string; home?: string }) =>
      withLedger(flags.home, async (ledger, home) => {
        const { fileCount } = await writeProofPack(ledger, {
          directory: flags.output,
          timeZone: home.reportingTimeZone,
          now: new Date(),
        })
        process.stdout.write(
          `${flags.output}: proof pack of ${fileCount} files; open index.html, check with manifest.json and "node audit-trail/verify.mjs audit-trail".\n`,
        )
      }),
    )
}

/** Writes the pack beside its place and renames it at the end. Throws conflict when something is there already. */
export async function writeProofPack(
  ledger: Ledger,
  input: { directory: string; timeZone: string; now: Date },
): Promise<{ fileCount: number }> {
  const directory = resolve(input.directory)
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new OversightError('conflict', `${input.directory} is not empty. Name a new folder.`)
  }
  const making = join(dirname(directory), `.${basename(directory)}-making-${process.pid}`)
  mkdirSync(making, { recursive: true, mode: 0o700 })
  try {
    // The checkpoint is signed first: what is read afterwards is at least what it covers.
    const { size, root } = await exportTiles(ledger, join(making, 'audit-trail'))
    const pack = await getProofPack(ledger, { stopApprovalWorkingDays: approvalWorkingDays })
    const made = { at: input.now, timeZone: input.timeZone, root, size }
    for (const [name, content] of Object.entries(pack)) {
      writeFileSync(join(making, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`)
    }
    writeFileSync(join(making, 'index.html'), proofPackHtml(pack, made))
    const files = filesIn(making).map((file) => {
      const bytes = readFileSync(join(making, file))
      return { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
    })
    const manifest = { madeAt: input.now.toISOString(), auditEvents: size, auditRoot: root, files }
    writeFileSync(join(making, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    rmSync(directory, { recursive: true, force: true })
    renameSync(making, directory)
    return { fileCount: files.length + 1 }
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}
