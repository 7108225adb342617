import { Command, InvalidArgumentError } from 'commander'
import { recordRetirement } from '#governance/erasure/record-retirement.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { countOf, formatCount, formatDay } from '#models/format-metric.ts'
import { levelsInForce } from './levels-in-force.ts'
import { createProgressLine } from './report/progress-line.ts'
import { withLedger } from './with-ledger.ts'

interface Flags {
  home?: string
  months: number
  dryRun?: true
  json?: true
}

export function retentionCommand(): Command {
  const retention = new Command('retention').description('how long contacts are kept')
  retention
    .command('apply')
    .description('remove contacts older than so many whole months from every kept snapshot, log it, publish anew')
    .requiredOption('--months <number>', 'months before the present one that stay', wholeNumber)
    .option('--dry-run', 'only count what would go')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print what was done as JSON')
    .action(apply)
  return retention
}

function apply(flags: Flags): Promise<void> {
  return withLedger(flags.home, async (ledger, home) => {
    const [{ retireContacts, retirementCut }, { rebuild }] = await Promise.all([
      import('#etl/retire-contacts.ts'),
      import('#etl/rebuild.ts'),
    ])
    const { reportingTimeZone, warehouseDirectory } = home
    const isDryRun = flags.dryRun === true
    const before = retirementCut(flags.months, { now: new Date(), reportingTimeZone })
    const { snapshots } = await retireContacts(home, before, { isDryRun })
    const contactCount = Math.max(0, ...snapshots.map((each) => each.contactCount))
    if (!isDryRun && snapshots.length > 0) {
      await recordRetirement(
        ledger,
        { before, snapshotCount: snapshots.length, contactCount, by: 'system' },
        systemClock(),
      )
      const progress = createProgressLine()
      try {
        await rebuild({
          warehouseDirectory,
          reportingTimeZone,
          levelsInForce: await levelsInForce(home),
          now: new Date(),
          onProgress: progress.update,
        })
      } finally {
        progress.stop()
      }
    }
    if (flags.json) {
      process.stdout.write(`${JSON.stringify({ before: before.toISOString(), isDryRun, snapshots })}\n`)
      return
    }
    const lines = snapshots.map((each) => `  snapshot ${each.id}: ${countOf(each.contactCount, 'contact')}`)
    const day = formatDay(before, reportingTimeZone)
    process.stdout.write(
      snapshots.length === 0
        ? `No contact that started before ${day} is kept.\n`
        : `${isDryRun ? 'Would remove' : 'Removed'} contacts that started before ${day}, with what hangs on them, from ${formatCount(snapshots.length)} snapshots:\n${lines.join('\n')}\n`,
    )
  })
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('A whole number above 0 is expected.')
  return value
}
