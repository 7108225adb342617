import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import { checkAnswers, type JudgedAnswer } from './reliability-bins.ts'

/**
 * Spiegelhalter's test of calibration, free of bins.
 *
 * Formula: Z = sum (y - c)(1 - 2c) / sqrt(sum (1 - 2c)^2 c (1 - c)), standard normal for a calibrated AI. Source:
 * Spiegelhalter 1986, Statistics in Medicine 5:421-433. Answers count alike; weights do not enter. Z below 0: right more
 * often than said where confidences lie above one half.
 *
 * Null where the confidences allow no test (none, or all 0, one half or 1). Throws OversightError `internal` on
 * impossible answers.
 */
export function spiegelhalterZ(answers: readonly JudgedAnswer[]): { z: number; pTwoSided: number } | null {
  checkAnswers(answers, 'spiegelhalterZ')
  let excess = 0
  let variance = 0
  for (const { confidence: c, isCorrect } of answers) {
    excess += ((isCorrect ? 1 : 0) - c) * (1 - 2 * c)
    variance += (1 - 2 * c) ** 2 * c * (1 - c)
  }
  if (variance === 0) return null
  const z = excess / Math.sqrt(variance)
  return { z, pTwoSided: 2 * normalCdf(-Math.abs(z), 0, 1) }
}
