import { checkAnswers, type JudgedAnswer, type ReliabilityBin } from './reliability-bins.ts'

/**
 * Mean squared distance between stated confidence and outcome; 0 is best, 0.25 is what always saying one half gives.
 *
 * Formula: sum w (c - y)^2 / sum w, y 1 where right. Source: Brier 1950, Monthly Weather Review 78:1-3. Null without an
 * answer. Throws OversightError `internal` on impossible answers.
 */
export function brierScore(answers: readonly JudgedAnswer[]): number | null {
  checkAnswers(answers, 'brierScore')
  return weightedMean(answers, ({ confidence, isCorrect }) => (confidence - (isCorrect ? 1 : 0)) ** 2)
}

/**
 * Mean negative log-likelihood of the outcomes in nats; confidences are kept 1e-15 away from 0 and 1.
 *
 * Formula: -sum w ln(c if right else 1 - c) / sum w. Source: Good 1952. Null without an answer. Throws OversightError
 * `internal` on impossible answers.
 */
export function logLoss(answers: readonly JudgedAnswer[]): number | null {
  checkAnswers(answers, 'logLoss')
  return weightedMean(answers, ({ confidence, isCorrect }) => {
    const kept = Math.min(1 - 1e-15, Math.max(1e-15, confidence))
    return isCorrect ? -Math.log(kept) : -Math.log1p(-kept)
  })
}

export interface BrierDecomposition {
  /** How far bins' confidence is from their accuracy: lower is better. */
  readonly reliability: number
  /** How far bins' accuracy is from the overall one: higher is better. */
  readonly resolution: number
  /** What no forecast can take away: accuracy (1 - accuracy). */
  readonly uncertainty: number
}

/**
 * Murphy's decomposition of the Brier score over bins: reliability - resolution + uncertainty. It equals the score but
 * for the spread of confidences within bins.
 *
 * Formula: sum (w_b / w) (conf_b - acc_b)^2, sum (w_b / w) (acc_b - acc)^2, acc (1 - acc). Source: Murphy 1973, Journal of
 * Applied Meteorology 12:595-600. Null without an answer.
 */
export function brierDecomposition(bins: readonly ReliabilityBin[]): BrierDecomposition | null {
  const used = bins.flatMap(({ weight, accuracy, gap }) =>
    accuracy === null || gap === null ? [] : [{ weight, accuracy, gap }],
  )
  const total = used.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return null
  const overall = used.reduce((sum, { weight, accuracy }) => sum + weight * accuracy, 0) / total
  return {
    reliability: used.reduce((sum, { weight, gap }) => sum + weight * gap ** 2, 0) / total,
    resolution: used.reduce((sum, { weight, accuracy }) => sum + weight * (accuracy - overall) ** 2, 0) / total,
    uncertainty: overall * (1 - overall),
  }
}

function weightedMean(answers: readonly JudgedAnswer[], score: (answer: JudgedAnswer) => number): number | null {
  let total = 0
  let weights = 0
  for (const answer of answers) {
    const weight = answer.weight ?? 1
    total += weight * score(answer)
    weights += weight
  }
  return weights === 0 ? null : total / weights
}
