import { checkInside } from './check-arguments.ts'
import type { JudgedAnswer } from './reliability-bins.ts'
import { type ThresholdPoint, thresholdCurve } from './threshold-curve.ts'

export interface ConformalRiskThreshold extends ThresholdPoint {
  /** Bound of the errors that reach customers unreviewed, per contact, in expectation. */
  readonly bound: number
}

/**
 * The smallest threshold that keeps errors reaching customers unreviewed, per contact of all, under the limit on average.
 *
 * Formula: smallest threshold with (sum w over errors + w_max) / (sum w + w_max) <= limit, without weights
 * (errors + 1) / (n + 1): the next contact is taken to be wrong and as heavy as the heaviest. Source: Angelopoulos et al., Conformal
 * Risk Control, arXiv 2208.02814. In expectation over samples only: to be reported as "errors reaching customers per 100
 * contacts", not as a guarantee about this sample.
 *
 * Null where no threshold does, or without an answer. Throws OversightError `internal` on impossible arguments.
 */
export function conformalRiskThreshold(
  answers: readonly JudgedAnswer[],
  thresholds: readonly number[],
  limit: number,
): ConformalRiskThreshold | null {
  checkInside(limit, 'limit', 'conformalRiskThreshold')
  if (answers.length === 0) return null
  const ascending = [...thresholds].sort((left, right) => left - right)
  const weights = answers.map(({ weight = 1 }) => weight)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0)
  for (const point of thresholdCurve(answers, ascending)) {
    const bound = ((point.errorsReaching ?? 0) * total + heaviest) / (total + heaviest)
    if (bound <= limit) return { ...point, bound }
  }
  return null
}
