import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { OversightError } from '#models/oversight-error.ts'
import { withLedger } from './with-ledger.ts'

const home = ['--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)'] as const

/** The audit trail: does it hold, sign its end, give it to an auditor. */
export function auditCommand(): Command {
  const audit = new Command('audit').description(
    'the audit trail: verify it, sign a checkpoint, export it, keep timestamps',
  )
  audit
    .command('verify')
    .description('check every event, every governed row, every checkpoint and the levels; exit code 1 when one fails')
    .option('--checkpoint <file...>', 'checkpoints kept elsewhere that the trail has to continue')
    .option(...home)
    .option('--json', 'print the result as JSON')
    .action((flags: Flags) => withLedger(flags.home, (ledger) => verify(ledger, flags)))
  audit
    .command('checkpoint')
    .description('sign the present end of the trail and print the note, for somebody else to keep')
    .option(...home)
    .option('--json', 'print it as JSON')
    .action((flags: Flags) => withLedger(flags.home, (ledger) => checkpoint(ledger, flags)))
  audit
    .command('export')
    .description('write the trail as a tlog-tiles folder with its verifier, verify.mjs, that any Node runs offline')
    .argument('<folder>', 'a new or empty folder')
    .option(...home)
    .option('--json', 'print the size and root as JSON')
    .action((folder: string, flags: Flags) => withLedger(flags.home, (ledger) => exportTrail(ledger, folder, flags)))
  audit
    .command('anchor')
    .description('keep the RFC 3161 timestamp of a checkpoint; it goes into every export')
    .argument('<file>', 'response of a timestamp authority to a query made from a checkpoint')
    .option(...home)
    .action((file: string, flags: Flags) => withLedger(flags.home, (ledger) => anchor(ledger, file)))
  return audit
}

interface Flags {
  checkpoint?: string[]
  home?: string
  json?: true
}

async function verify(ledger: Ledger, flags: Flags): Promise<void> {
  const { verifyTrail } = await import('#governance/audit/verify-trail.ts')
  const kept = (flags.checkpoint ?? []).map((file) => readFileSync(file, 'utf8'))
  const report = await verifyTrail(ledger, ledger.keysDirectory, kept)
  if (flags.json) process.stdout.write(`${JSON.stringify(report)}\n`)
  if (!report.ok) {
    if (!flags.json) {
      for (const { where, what } of report.findings) process.stdout.write(`${where}: ${what}\n`)
    }
    throw new OversightError(
      'trail_broken',
      `The audit trail does not hold: ${report.findings.length} finding(s) in ${report.size} events. Keep this ledger as it is and restore from a backup.`,
    )
  }
  if (flags.json) return
  const { size, root, checkpointCount, signedSize } = report
  process.stdout.write(
    `The audit trail holds: ${size} events, ${checkpointCount} checkpoints, every governed row as its event left it.\n` +
      `Root ${root}\n` +
      (signedSize === size
        ? 'Signed to its end.\n'
        : `The last ${size - signedSize} events are not signed yet; "oversight audit checkpoint" does it.\n`),
  )
}

async function checkpoint(ledger: Ledger, flags: Flags): Promise<void> {
  const { signCheckpoint } = await import('#governance/audit/sign-checkpoint.ts')
  const { note, size, root, origin } = await signCheckpoint(ledger)
  process.stdout.write(flags.json ? `${JSON.stringify({ origin, size, root: root.toString('hex'), note })}\n` : note)
}

async function exportTrail(ledger: Ledger, folder: string, flags: Flags): Promise<void> {
  const { exportTiles } = await import('#governance/audit/export-tiles.ts')
  const { size, root } = await exportTiles(ledger, folder)
  process.stdout.write(
    flags.json ? `${JSON.stringify({ folder, size, root })}\n` : `Exported ${size} events to ${folder}. Root ${root}\n`,
  )
}

async function anchor(ledger: Ledger, file: string): Promise<void> {
  const { addAnchor } = await import('#governance/audit/add-anchor.ts')
  const { systemClock } = await import('#governance/ledger/clock.ts')
  const { treeSize } = await addAnchor(ledger, readGiven(file), systemClock())
  process.stdout.write(`Kept: this timestamp stamps the checkpoint over the first ${treeSize} events.\n`)
}

function readGiven(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new OversightError(
      'not_found',
      `${file} cannot be read: ${cause instanceof Error ? cause.message : cause}.`,
      {
        cause,
      },
    )
  }
}
