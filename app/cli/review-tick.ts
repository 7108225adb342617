import type { Kysely } from 'kysely'
import type { Clock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { expireDecisions } from '#governance/review/expire-decisions.ts'
import { listReminders, type Reminder } from '#governance/review/list-reminders.ts'
import { findNewestReviewMonth } from '#governance/review/newest-review.ts'
import { getPolicyOfMonth } from '#governance/review/published-policy.ts'
import type { SteppedDown } from '#governance/review/step-down.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { listMonths } from '#models/monthly/list-months.ts'
import { type Month, monthEnd } from '#models/reporting-month.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'
import { openMonthlyReview } from '../review-evidence.ts'
import { followPublish, type PublishFollowUp } from './follow-publish.ts'

export interface Tick extends PublishFollowUp {
  expired: SteppedDown[]
  /** Month whose review was opened now; null when none was due. */
  opened: string | null
  reminders: Reminder[]
}

/**
 * Does what is due and nobody has to sign: expiries, trip-wires, the evidence of open reviews, the opening of the newest
 * final month, and what people should be reminded of. Run it as often as wanted: a second run finds nothing to do. One
 * review at a time, the newest: an older month that was never opened stays unopened.
 */
export async function runDue(
  input: { ledger: Ledger; warehouse: Kysely<WarehouseSchema> | undefined },
  clock: Clock,
): Promise<Tick> {
  const { ledger, warehouse } = input
  const expired = await expireDecisions(ledger, clock)
  let followed: PublishFollowUp = { tripped: [], revised: [] }
  let opened: string | null = null
  if (warehouse !== undefined) {
    followed = await followPublish({ ledger, warehouse }, clock)
    const month = await findDueMonth(ledger, warehouse, clock.now)
    if (month !== undefined) {
      await openMonthlyReview({ ledger, warehouse, month, by: 'system' }, clock)
      opened = month
    }
  }
  return { expired, ...followed, opened, reminders: await listReminders(ledger, clock.now) }
}

/** The newest month whose numbers are final and whose review, like that of every later one, was never opened. */
async function findDueMonth(ledger: Ledger, warehouse: Kysely<WarehouseSchema>, now: Date): Promise<Month | undefined> {
  const newest = await findNewestReviewMonth(ledger.db)
  const { reportingTimeZone } = await getSnapshotInfo(warehouse)
  for (const month of (await listMonths(warehouse)).toReversed()) {
    if (newest !== undefined && month <= newest) return undefined
    const { policy } = await getPolicyOfMonth(ledger.db, month)
    const finalAt = monthEnd(month, reportingTimeZone).getTime() + policy.maturityDays * 86_400_000
    if (now.getTime() < finalAt) continue
    const points = await listMetricPoints(warehouse, { from: month, through: month })
    if (points.length > 0 && points.every((point) => point.isFinal)) return month
  }
  return undefined
}
