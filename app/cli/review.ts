import { Command } from 'commander'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { OversightError } from '#models/oversight-error.ts'
import { parseMonth } from '#models/reporting-month.ts'
import type { Home } from '../home.ts'
import type { Told } from '../outbox/tell-people.ts'
import { parseArgument } from './parse-argument.ts'
import type { Tick } from './review-tick.ts'
import { withLedger } from './with-ledger.ts'

interface Flags {
  home?: string
  json?: true
}

/** The monthly review. */
export function reviewCommand(): Command {
  const review = new Command('review').description('the monthly review')
  review
    .command('open')
    .description('open the review of a month and freeze its evidence; possible once its numbers are final')
    .argument('<month>', 'evidence month, YYYY-MM', parseArgument(parseMonth))
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print the recommendations as JSON')
    .action((month: string, flags: Flags) => withLedger(flags.home, (ledger, home) => open(ledger, home, month, flags)))
  review
    .command('tick')
    .description(
      'do what is due: expiries, trip-wires, the review of the newest final month, a check of the trail; list what waits for people and send what the outbox holds',
    )
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print what was done and what waits as JSON')
    .action((flags: Flags) => withLedger(flags.home, (ledger, home) => tick(ledger, home, flags)))
  return review
}

async function tick(ledger: Ledger, home: Home, flags: Flags): Promise<void> {
  const { systemClock } = await import('#governance/ledger/clock.ts')
  const { currentSnapshot } = await import('#models/warehouse/snapshots.ts')
  const { openCurrentWarehouse } = await import('./open-current-warehouse.ts')
  const { runDue } = await import('./review-tick.ts')
  const { tellPeople } = await import('../outbox/tell-people.ts')
  const { readOutboxSettings } = await import('../outbox/outbox-settings.ts')
  const settings = readOutboxSettings(process.env)
  const isLoaded = currentSnapshot(home.warehouseDirectory) !== undefined
  const warehouse = isLoaded ? await openCurrentWarehouse(home) : undefined
  try {
    const done = await runDue({ ledger, warehouse: warehouse?.db }, systemClock())
    const told = await tellPeople(ledger, settings, systemClock)
    if (flags.json) process.stdout.write(`${JSON.stringify({ ...done, ...told })}\n`)
    else process.stdout.write(`${[...tickLines(done), ...toldLines(told)].join('\n')}\n`)
    for (const problem of told.problems) process.stderr.write(`oversight: not sent: ${problem}\n`)
    if (!told.trail.ok) {
      throw new OversightError(
        'trail_broken',
        `The audit trail does not hold: ${told.trail.findings.length} finding(s). Run "oversight audit verify".`,
      )
    }
  } finally {
    await warehouse?.close()
  }
}

function toldLines({ added, sent, problems }: Told): string[] {
  return added + sent + problems.length === 0
    ? []
    : [`Outbox: ${added} new, ${sent} sent, ${problems.length} not sent.`]
}

function tickLines(done: Tick): string[] {
  const lines = [
    ...[...done.expired, ...done.tripped].map(
      ({ interactionType, toLevel, reason }) => `${interactionType} stepped down to ${toLevel}: ${reason}`,
    ),
    ...done.revised.map(({ interactionType, month }) => `The evidence of ${interactionType} for ${month} changed.`),
    ...(done.opened === null ? [] : [`The review of ${done.opened} is open.`]),
  ]
  const waiting = done.reminders.map(
    ({ what, dueAt, isOverdue }) => `${isOverdue ? 'Overdue' : 'Due'} ${dueAt.toISOString().slice(0, 10)}: ${what}`,
  )
  return [...(lines.length === 0 ? ['Nothing was due.'] : lines), ...waiting]
}

async function open(ledger: Ledger, home: Home, month: string, flags: Flags): Promise<void> {
  const { systemClock } = await import('#governance/ledger/clock.ts')
  const { openCurrentWarehouse } = await import('./open-current-warehouse.ts')
  const { openMonthlyReview } = await import('../review-evidence.ts')
  const warehouse = await openCurrentWarehouse(home)
  try {
    const { review } = await openMonthlyReview({ ledger, warehouse: warehouse.db, month, by: 'system' }, systemClock())
    const types = review.types.map(({ interactionType, level, recommendation, firstReason }) => ({
      interactionType,
      level,
      recommendation,
      firstReason,
    }))
    if (flags.json) {
      process.stdout.write(
        `${JSON.stringify({ month: review.month, policyVersion: review.policyVersion, dueAt: review.dueAt, types })}\n`,
      )
      return
    }
    const width = Math.max(...types.map((type) => type.interactionType.length))
    process.stdout.write(
      `Review of ${review.month} is open: ${types.length} types, evidence frozen, policy ${review.policyVersion}, votes due ${review.dueAt.toISOString()}.\n`,
    )
    for (const { interactionType, recommendation, firstReason } of types) {
      process.stdout.write(
        `  ${interactionType.padEnd(width)}  ${(recommendation ?? '').padEnd(6)}  ${firstReason ?? ''}\n`,
      )
    }
  } finally {
    await warehouse.close()
  }
}
