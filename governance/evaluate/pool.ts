import { type Cohort, type CsatScale, type MetricId, type MetricPoint, metrics } from '#models/metrics.ts'
import type { Month } from '#models/reporting-month.ts'
import type { TypeEvidence } from './type-evidence.ts'

/** Counts of one metric over several months, with what keeps them from being judged. */
export interface Pooled {
  numerator: number
  denominator: number
  /** null unless every month gives it. */
  sumOfSquares: number | null
  /** Months with a denominator above 0, oldest first. */
  months: readonly Month[]
  /** Months asked for that have no data. */
  missing: readonly Month[]
  /** Months that can still change. */
  provisional: readonly Month[]
  /** More than one definition version: the counts may not be added or compared. */
  definitionVersions: readonly number[]
}

/**
 * Adds a metric's counts over the months. A month without a denominator, or with counts that cannot be, is missing,
 * never zero. Rates are then computed once from the sums.
 */
export function pool(
  evidence: TypeEvidence,
  months: readonly Month[],
  metric: MetricId,
  cohort: Cohort = 'ai_participated',
  scale: CsatScale | null = null,
): Pooled {
  let numerator = 0
  let denominator = 0
  let sumOfSquares: number | null = 0
  const found: Month[] = []
  const missing: Month[] = []
  const provisional: Month[] = []
  const versions = new Set<number>()
  for (const month of months) {
    const point = evidence.findPoint(month, metric, cohort, scale)
    if (point === undefined || !isSound(metric, point)) {
      missing.push(month)
      continue
    }
    numerator += point.numerator
    denominator += point.denominator
    const squares = soundSquares(point)
    sumOfSquares = sumOfSquares === null || squares === null ? null : sumOfSquares + squares
    found.push(month)
    if (!point.isFinal || !evidence.isClosed) provisional.push(month)
    versions.add(point.definitionVersion)
  }
  return {
    numerator,
    denominator,
    sumOfSquares: found.length === 0 ? null : sumOfSquares,
    months: found,
    missing,
    provisional,
    definitionVersions: [...versions].sort((a, b) => a - b),
  }
}

/** Beyond any count of contacts; sums of a few such numbers stay exact. */
const largestCount = 1e12

/** Counts that cannot be, such as more cases than contacts, are a fault of the data and judge nothing. */
function isSound(metric: MetricId, { numerator, denominator }: MetricPoint): boolean {
  const isNumber = Number.isFinite(numerator) && numerator >= 0 && numerator <= largestCount
  const isCounted = Number.isSafeInteger(denominator) && denominator > 0 && denominator <= largestCount
  if (!isNumber || !isCounted) return false
  return metrics[metric].unit !== 'share' || (Number.isSafeInteger(numerator) && numerator <= denominator)
}

function soundSquares({ sumOfSquares }: MetricPoint): number | null {
  return sumOfSquares !== null && sumOfSquares >= 0 && sumOfSquares <= largestCount ? sumOfSquares : null
}
