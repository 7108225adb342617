import type { Month } from '#models/reporting-month.ts'
import { finalOn } from './evidence/final-on.ts'
import { buildOverview, type OverviewView } from './evidence/overview-view.ts'
import { reviewProgress } from './evidence/review-progress.ts'
import { readMonthEvidence } from './month-evidence.server.ts'

/** The overview of a month, from the current snapshot and the ledger. */
export async function getOverview(month: Month, now: Date): Promise<OverviewView> {
  const evidence = await readMonthEvidence(month, now)
  const timeZone = evidence.snapshot.reportingTimeZone
  return buildOverview({
    month,
    months: evidence.months,
    points: evidence.points,
    policy: evidence.policy,
    evaluations: evidence.evaluations,
    standings: evidence.standings,
    review: evidence.review === undefined ? undefined : reviewProgress(evidence.review),
    finalOn: finalOn(month, timeZone),
    timeZone,
  })
}
