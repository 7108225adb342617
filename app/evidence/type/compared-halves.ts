import type { Cohort, CsatScale, MetricId } from '#models/metrics.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import { type PooledCounts, poolCounts } from '../pooled-counts.ts'
import type { WarningInput } from '../warnings/warning.ts'

export interface ComparedHalves {
  earlierMonths: readonly string[]
  laterMonths: readonly string[]
  earlier: PooledCounts
  later: PooledCounts
  /** Later minus earlier, with Newcombe's limits at 5 % on either side. */
  difference: number
  lower: number
  upper: number
}

/** Fewer months than this on each side are no trend. */
const leastMonths = 2
const mostMonths = 3
/** Error level on either side of a difference. */
const alpha = 0.05

/**
 * The last closed months against as many before them: three against three, two against two where the history is short.
 * undefined without enough months, or with fewer answers than the metric needs to show a rate.
 */
export function compareHalves(
  input: Pick<WarningInput, 'interactionType' | 'closedMonths' | 'points'>,
  what: { metric: MetricId; cohort: Cohort; scale?: CsatScale | null; minimumSample: number },
): ComparedHalves | undefined {
  const size = Math.min(mostMonths, Math.floor(input.closedMonths.length / 2))
  if (size < leastMonths) return undefined
  const laterMonths = input.closedMonths.slice(-size)
  const earlierMonths = input.closedMonths.slice(-2 * size, -size)
  const types = [input.interactionType]
  const earlier = poolCounts(input.points, { ...what, months: earlierMonths, types })
  const later = poolCounts(input.points, { ...what, months: laterMonths, types })
  if (Math.min(earlier.denominator, later.denominator) < what.minimumSample) return undefined
  const { difference, lower, upper } = newcombeDifference(
    later.numerator,
    later.denominator,
    earlier.numerator,
    earlier.denominator,
    alpha,
  )
  return { earlierMonths, laterMonths, earlier, later, difference, lower, upper }
}
