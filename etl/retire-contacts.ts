import { rmSync } from 'node:fs'
import { OversightError } from '#models/oversight-error.ts'
import { addMonths, monthOf, monthStart } from '#models/reporting-month.ts'
import { listSnapshots } from '#models/warehouse/prune-snapshots.ts'
import { currentSnapshot, startSnapshot } from '#models/warehouse/snapshots.ts'
import { countContacts, removeContacts, removeLeftovers } from './remove-contacts.ts'
import { putRetentionInForce } from './retention-boundary.ts'
import { sqlLiteral } from './sql-literal.ts'

export interface Retirement {
  /** Contacts that started before this are gone: the first instant of a month of the reporting time zone. */
  before: Date
  snapshots: { id: number; contactCount: number }[]
}

const dayMilliseconds = 24 * 60 * 60 * 1000
/** Shorter retention would remove what decisions in force rest on (EU AI Act 26(6): at least six months). */
const shortestDays = 183

/**
 * The first instant kept when whole months older than `months` go. Throws bad_input when less than 183 days would stay.
 */
export function retirementCut(months: number, context: { now: Date; reportingTimeZone: string }): Date {
  const first = addMonths(monthOf(context.now, context.reportingTimeZone), -months)
  const before = monthStart(first, context.reportingTimeZone)
  if (context.now.getTime() - before.getTime() < shortestDays * dayMilliseconds) {
    throw new OversightError(
      'bad_input',
      `${months} months would keep less than ${shortestDays} days. Keep more months.`,
    )
  }
  return before
}

/**
 * Removes contacts that started before an instant, and what hangs on them, from every kept snapshot; a dry run only
 * counts them. Later loads keep such contacts away. Numbers frozen as evidence stay in the ledger. Rebuild and publish afterwards.
 * Throws conflict while a load runs.
 */
export async function retireContacts(
  home: { warehouseDirectory: string },
  before: Date,
  options: { isDryRun: boolean },
): Promise<Retirement> {
  const lock = await startSnapshot(home.warehouseDirectory)
  rmSync(lock.file, { force: true })
  try {
    removeLeftovers(home.warehouseDirectory)
    // First, so that a load after a crash in the middle brings nobody back.
    if (!options.isDryRun) await putRetentionInForce(home.warehouseDirectory, before)
    const instant = `TIMESTAMPTZ ${sqlLiteral(before.toISOString())}`
    const isOld = `started_at < ${instant}`
    const served = currentSnapshot(home.warehouseDirectory)
    const snapshots: Retirement['snapshots'] = []
    for (const { id, file } of listSnapshots(home.warehouseDirectory)) {
      // Numbers that vanish with their rows restate nothing, so the next build must not find them.
      const alsoRun =
        id === served?.id
          ? [
              `DELETE FROM monthly_metrics WHERE contact_month < (SELECT (${instant} AT TIME ZONE reporting_time_zone)::DATE FROM snapshot_info)`,
            ]
          : []
      const contactCount = options.isDryRun
        ? await countContacts(file, isOld)
        : ((await removeContacts(file, home.warehouseDirectory, { condition: isOld, alsoRun }))?.length ?? 0)
      if (contactCount > 0) snapshots.push({ id, contactCount })
    }
    return { before, snapshots }
  } finally {
    lock.release()
  }
}
