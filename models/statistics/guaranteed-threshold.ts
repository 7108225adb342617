import { binomialAtMost } from './binomial-tail.ts'
import { checkInside, checkInteger } from './check-arguments.ts'
import { moverUpper } from './mover-upper.ts'
import type { JudgedAnswer } from './reliability-bins.ts'
import { type ThresholdPoint, thresholdCurve } from './threshold-curve.ts'
import { type WeightClass, weightClasses } from './weight-classes.ts'
import { zeroDefectMinimumReviews } from './zero-defects.ts'

export interface GuaranteedThreshold extends ThresholdPoint {
  /** P(as few errors or fewer) if the risk were the limit; with weights, the least alpha whose upper bound is within it. */
  readonly pValue: number
}

/**
 * The confidence above which the AI's risk is under the limit, with a guarantee: learn then test, fixed sequence.
 *
 * Formula: thresholds fixed in advance, from the top; start at the largest with at least `minimumAnswers` answers (by
 * default the fewest that could pass at all, ceil(ln delta / ln(1 - limit)), which depends on confidences only); go down
 * while P(Bin(m, limit) <= errors) <= delta; the last accepted is the threshold. P(its true risk exceeds the limit) <=
 * delta, without correction since the order is fixed. Source: Angelopoulos et al., Learn then Test, arXiv 2110.01052.
 *
 * Where answers were reviewed at different rates, they are strata, and p is the least alpha at which the MOVER bound with
 * Clopper-Pearson limits lies within the limit: the same test, which it equals with one stratum. methods.md section 6.
 *
 * Holds when the answers are, so weighted, a random sample of the traffic that the threshold will govern and the AI stays the same. The
 * smallest threshold with an observed risk under the limit exceeds it half of the time. Null: there is no autonomous band.
 * Throws OversightError `internal` on impossible arguments.
 */
export function guaranteedThreshold(
  answers: readonly JudgedAnswer[],
  thresholds: readonly number[],
  { limit, delta, minimumAnswers }: { limit: number; delta: number; minimumAnswers?: number },
): GuaranteedThreshold | null {
  checkInside(limit, 'limit', 'guaranteedThreshold')
  checkInside(delta, 'delta', 'guaranteedThreshold')
  const needed = minimumAnswers ?? zeroDefectMinimumReviews(limit, delta)
  checkInteger(needed, 1, 'minimumAnswers', 'guaranteedThreshold')
  const descending = [...thresholds].sort((left, right) => right - left)
  const strata = weightClasses(answers)
  let accepted: GuaranteedThreshold | null = null
  for (const point of thresholdCurve(answers, descending)) {
    if (point.answers < needed) continue
    const pValue =
      strata.length <= 1 ? binomialAtMost(point.errors, point.answers, limit) : weightedPValue(strata, point, limit)
    if (pValue > delta) break
    accepted = { ...point, pValue }
  }
  return accepted
}

function weightedPValue(classes: readonly WeightClass[], { threshold }: ThresholdPoint, limit: number): number {
  const strata = classes.flatMap(({ weight, answers }) => {
    const above = answers.filter(({ confidence }) => confidence >= threshold)
    const hits = above.filter(({ isCorrect }) => !isCorrect).length
    const population = Math.max(Math.round(weight * above.length), above.length)
    return above.length === 0 ? [] : [{ population, sampled: above.length, hits }]
  })
  // The bound falls as alpha rises.
  let [low, high] = [0, 1]
  while (high - low > 1e-6) {
    const middle = (low + high) / 2
    if (moverUpper(strata, middle) <= limit) high = middle
    else low = middle
  }
  return high
}
