import { checkShare } from './check-arguments.ts'
import { checkAnswers, type JudgedAnswer } from './reliability-bins.ts'

export interface ThresholdPoint {
  readonly threshold: number
  /** Answers with at least this confidence, and the wrong ones among them. */
  readonly answers: number
  readonly errors: number
  /** errors / answers, null where no answer is that sure. */
  readonly risk: number | null
  /** Share of all answers that would go out unreviewed. */
  readonly coverage: number | null
  /** Wrong answers that would reach customers, per answer of all. */
  readonly errorsReaching: number | null
}

/**
 * What each confidence threshold would let through, on a random sample of judged answers. Weights do not enter: the rules
 * that read the curve test counts.
 *
 * Thresholds in the order given; shares 0..1, null without an answer. Throws OversightError `internal` on impossible
 * answers or thresholds.
 */
export function thresholdCurve(answers: readonly JudgedAnswer[], thresholds: readonly number[]): ThresholdPoint[] {
  checkAnswers(answers, 'thresholdCurve')
  const ascending = [...answers].sort((left, right) => left.confidence - right.confidence)
  // errorsFrom[i]: wrong answers from position i on.
  const errorsFrom = new Array<number>(ascending.length + 1).fill(0)
  for (let index = ascending.length - 1; index >= 0; index -= 1) {
    errorsFrom[index] = (errorsFrom[index + 1] ?? 0) + (ascending[index]?.isCorrect ? 0 : 1)
  }
  return thresholds.map((threshold) => {
    checkShare(threshold, 'threshold', 'thresholdCurve')
    const start = firstAtLeast(ascending, threshold)
    const count = ascending.length - start
    const errors = errorsFrom[start] ?? 0
    const per = (amount: number, all: number) => (all === 0 ? null : amount / all)
    return {
      threshold,
      answers: count,
      errors,
      risk: per(errors, count),
      coverage: per(count, ascending.length),
      errorsReaching: per(errors, ascending.length),
    }
  })
}

function firstAtLeast(ascending: readonly JudgedAnswer[], threshold: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle]?.confidence ?? 1) >= threshold) high = middle
    else low = middle + 1
  }
  return low
}
