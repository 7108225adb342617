import type { Cohort, CsatScale, MetricId } from '#models/metrics.ts'
import type { MonthCount } from '#models/warning-signs/warning-sign.ts'
import type { WarningInput } from './warning.ts'

/** The counts of one metric in each closed month; 0 of 0 where it was not measured. */
export function monthCounts(
  { interactionType, closedMonths, points }: WarningInput,
  key: { metric: MetricId; cohort: Cohort; scale?: CsatScale | null },
): MonthCount[] {
  return closedMonths.map((month) => {
    const point = points.find({ ...key, interactionType, month })
    return { month, numerator: point?.numerator ?? 0, denominator: point?.denominator ?? 0 }
  })
}
