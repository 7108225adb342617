import { type ConformalRiskThreshold, conformalRiskThreshold } from '../statistics/conformal-risk-threshold.ts'
import { type GuaranteedThreshold, guaranteedThreshold } from '../statistics/guaranteed-threshold.ts'
import type { JudgedAnswer } from '../statistics/reliability-bins.ts'
import { type ThresholdPoint, thresholdCurve } from '../statistics/threshold-curve.ts'
import { zeroDefectMinimumReviews } from '../statistics/zero-defects.ts'
import { bandEnds } from './confidence-band.ts'

export interface AutonomyThreshold {
  /** What each threshold would let through: share automated and errors reaching customers, in the order of the grid. */
  curve: readonly ThresholdPoint[]
  /** The confidence above which the risk is under the limit, with the guarantee; null: there is no autonomous band. */
  guaranteed: GuaranteedThreshold | null
  /** Smallest threshold that keeps the errors reaching customers per contact under the limit on average; null: none. */
  onAverage: ConformalRiskThreshold | null
  /** What the bands' ends of the articles would let through: starting labels, no guarantee. */
  atBandFrom: ThresholdPoint
  atBandThrough: ThresholdPoint
  /** The risk may exceed the limit with at most the chance delta. */
  limit: number
  delta: number
  /** Fewer reviewed answers above a threshold could not pass at all. */
  minimumAnswers: number
}

/** Fixed in advance, whatever the answers say: 0.50 to 0.99 in hundredths, then 0.995. The guarantee needs that. */
export const thresholdGrid: readonly number[] = [...Array.from({ length: 50 }, (_, index) => (50 + index) / 100), 0.995]

/**
 * Which confidence the AI may act on alone, from the judged answers of one type and AI version: learn then test, beside
 * the bands of 0.60 and 0.90. `limit` is the error limit of the type's tier, `delta` the accepted chance that the true
 * risk exceeds it. methods.md section 6. Valid for the AI version and while reviews are drawn at random; any change of
 * the model voids it. null without an answer. Throws OversightError `internal` on impossible arguments.
 */
export function autonomyThreshold(
  answers: readonly JudgedAnswer[],
  { limit, delta = 0.05 }: { limit: number; delta?: number },
): AutonomyThreshold | null {
  const [atBandFrom, atBandThrough] = thresholdCurve(answers, [bandEnds.from, bandEnds.through])
  if (answers.length === 0 || atBandFrom === undefined || atBandThrough === undefined) return null
  return {
    curve: thresholdCurve(answers, thresholdGrid),
    guaranteed: guaranteedThreshold(answers, thresholdGrid, { limit, delta }),
    onAverage: conformalRiskThreshold(answers, thresholdGrid, limit),
    atBandFrom,
    atBandThrough,
    limit,
    delta,
    minimumAnswers: zeroDefectMinimumReviews(limit, delta),
  }
}
