import { checkShare } from './check-arguments.ts'
import { checkAnswers, type JudgedAnswer } from './reliability-bins.ts'

export interface ThresholdPoint {
  readonly threshold: number
  /** Answers with at least this confidence, and the wrong ones among them. */
  readonly answers: number
  readonly errors: number
  /** Share of wrong answers among them, null where no answer is that sure. */
  readonly risk: number | null
  /** Share of all answers that would go out unreviewed. */
  readonly coverage: number | null
  /** Wrong answers that would reach customers, per answer of all. */
  readonly errorsReaching: number | null
}

/**
 * What each confidence threshold would let through, on a random sample of judged answers. Shares are weighted by the
 * answers' design weights, so that they speak of the traffic and not of the sample; counts are of the sample.
 *
 * Formula: over answers with confidence >= threshold, risk = sum w wrong / sum w, coverage = sum w / sum w of all,
 * errors reaching = sum w wrong / sum w of all. Source: El-Yaniv & Wiener 2010, JMLR 11:1605-1641 (risk and coverage);
 * methods.md 6.
 *
 * Thresholds in the order given; shares 0..1, null without an answer. Throws OversightError `internal` on impossible
 * answers or thresholds.
 */
export function thresholdCurve(answers: readonly JudgedAnswer[], thresholds: readonly number[]): ThresholdPoint[] {
  checkAnswers(answers, 'thresholdCurve')
  const ascending = [...answers].sort((left, right) => left.confidence - right.confidence)
  // Of the answers from each position on: the wrong ones, all weight, and the weight of the wrong ones.
  const from = { errors: [0], weight: [0], wrong: [0] }
  for (const { isCorrect, weight = 1 } of [...ascending].reverse()) {
    from.errors.push((from.errors.at(-1) ?? 0) + (isCorrect ? 0 : 1))
    from.weight.push((from.weight.at(-1) ?? 0) + weight)
    from.wrong.push((from.wrong.at(-1) ?? 0) + (isCorrect ? 0 : weight))
  }
  const all = from.weight.at(-1) ?? 0
  return thresholds.map((threshold) => {
    checkShare(threshold, 'threshold', 'thresholdCurve')
    const count = ascending.length - firstAtLeast(ascending, threshold)
    const [errors, weight, wrong] = [from.errors[count] ?? 0, from.weight[count] ?? 0, from.wrong[count] ?? 0]
    const per = (amount: number, total: number) => (total === 0 ? null : amount / total)
    return {
      threshold,
      answers: count,
      errors,
      risk: per(wrong, weight),
      coverage: per(weight, all),
      errorsReaching: per(wrong, all),
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
