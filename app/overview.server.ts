import type { Month } from '#models/reporting-month.ts'
import { chartMonths } from './evidence/closed-months.ts'
import { finalOn } from './evidence/final-on.ts'
import { overviewCharts } from './evidence/overview-charts.ts'
import { buildOverview, type OverviewView } from './evidence/overview-view.ts'
import { reviewProgress } from './evidence/review-progress.ts'
import type { ChartView } from './evidence/type/chart-view.ts'
import { type MonthEvidence, readMonthEvidence } from './month-evidence.server.ts'

export interface OverviewPage extends OverviewView {
  charts: readonly ChartView[]
}

/** The overview of a month, from the current snapshot and the ledger. */
export async function getOverview(month: Month, now: Date): Promise<OverviewPage> {
  return overviewOf(await readMonthEvidence(month, now))
}

/** The overview of evidence that was read already. */
export function overviewOf(evidence: MonthEvidence): OverviewPage {
  const { month } = evidence
  const timeZone = evidence.snapshot.reportingTimeZone
  const view = buildOverview({
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
  const charts = overviewCharts({ month, months: chartMonths(evidence.months, month), points: evidence.points })
  return { ...view, charts }
}
