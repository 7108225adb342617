import { checkInside } from './check-arguments.ts'
import { clopperPearsonUpper } from './clopper-pearson.ts'
import type { JudgedAnswer } from './reliability-bins.ts'
import { type ThresholdPoint, thresholdCurve } from './threshold-curve.ts'

interface SelectiveRiskStep extends ThresholdPoint {
  /** Upper bound of the risk at this threshold, at delta divided by the number of steps. */
  readonly bound: number
}

export interface SelectiveRiskThreshold {
  /** The last threshold whose bound was under the limit, null where none was. */
  readonly accepted: SelectiveRiskStep | null
  /** Every threshold that the search tried. */
  readonly trace: readonly SelectiveRiskStep[]
}

/**
 * Selection with guaranteed risk (SGR): a threshold found by halving, with P(true risk > limit) <= delta. It needs more
 * answers than guaranteedThreshold; shown beside it.
 *
 * Formula: ceil(log2 m) steps over the sorted confidences, each accepted where the Clopper-Pearson upper bound at delta /
 * steps is at or under the limit, then lower, else higher. Source: Geifman & El-Yaniv 2017, arXiv 1705.08500; with whole
 * error counts, where the authors' program loses one to rounding.
 *
 * Fewer than two answers give nothing. Throws OversightError `internal` on impossible arguments.
 */
export function selectiveRiskThreshold(
  answers: readonly JudgedAnswer[],
  { limit, delta }: { limit: number; delta: number },
): SelectiveRiskThreshold {
  checkInside(limit, 'limit', 'selectiveRiskThreshold')
  checkInside(delta, 'delta', 'selectiveRiskThreshold')
  const confidences = answers.map(({ confidence }) => confidence).sort((left, right) => left - right)
  const steps = confidences.length < 2 ? 0 : Math.ceil(Math.log2(confidences.length))
  const trace: SelectiveRiskStep[] = []
  let accepted: SelectiveRiskStep | null = null
  let low = 0
  let high = confidences.length - 1
  for (let step = 0; step < steps; step += 1) {
    const middle = Math.ceil((low + high) / 2)
    const [point] = thresholdCurve(answers, [confidences[middle] ?? 1])
    if (point === undefined) break
    const tried = { ...point, bound: clopperPearsonUpper(point.errors, point.answers, delta / steps) }
    trace.push(tried)
    if (tried.bound <= limit) {
      accepted = tried
      high = middle
    } else {
      low = middle
    }
  }
  return { accepted, trace }
}
