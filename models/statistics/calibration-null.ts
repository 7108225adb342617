import { checkInteger } from './check-arguments.ts'
import { type BinScheme, binEdges, binOf, checkAnswers, type JudgedAnswer } from './reliability-bins.ts'
import { seededRandom } from './seeded-random.ts'

export interface CalibrationNull {
  /** ECE of the answers. */
  readonly observed: number
  /** Mean ECE of a perfectly calibrated AI with the same confidences. */
  readonly expectedIfPerfect: number
  /** Chance that a perfectly calibrated AI shows as much or more. */
  readonly pValue: number
}

/**
 * ECE against what chance gives a perfectly calibrated AI: consistency resampling.
 *
 * Formula: keep the confidences (and bins and weights), draw each answer right with its own confidence, take the ECE, and
 * so `repetitions` times; p = (1 + draws at or above the observed) / (1 + repetitions). Source: Broecker & Smith 2007,
 * Weather and Forecasting 22:651-661; Vaicenavicius et al. 2019. The seed makes it repeatable.
 *
 * Null without an answer. Throws OversightError `internal` on impossible answers or no repetition.
 */
export function calibrationNull(
  answers: readonly JudgedAnswer[],
  {
    scheme,
    binCount = 10,
    repetitions = 1000,
    seed = 1,
  }: { scheme: BinScheme; binCount?: number; repetitions?: number; seed?: number },
): CalibrationNull | null {
  checkAnswers(answers, 'calibrationNull')
  checkInteger(binCount, 1, 'binCount', 'calibrationNull')
  checkInteger(repetitions, 1, 'repetitions', 'calibrationNull')
  if (answers.length === 0) return null
  const edges = binEdges(answers, scheme, binCount)
  const placed = answers.map(({ confidence, isCorrect, weight = 1 }) => ({
    confidence,
    isCorrect,
    weight,
    bin: binOf(confidence, edges),
  }))
  const total = placed.reduce((sum, { weight }) => sum + weight, 0)
  const error = (isRight: (answer: (typeof placed)[number]) => boolean) => {
    const gaps = new Float64Array(edges.length - 1)
    for (const answer of placed) {
      const gap = (isRight(answer) ? 1 : 0) - answer.confidence
      gaps[answer.bin] = (gaps[answer.bin] ?? 0) + answer.weight * gap
    }
    return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / total
  }
  const observed = error(({ isCorrect }) => isCorrect)
  const random = seededRandom(seed)
  let sum = 0
  let atOrAbove = 0
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const drawn = error(({ confidence }) => random() < confidence)
    sum += drawn
    // Rounding must not decide between equal outcomes.
    if (drawn >= observed - 1e-12) atOrAbove += 1
  }
  return { observed, expectedIfPerfect: sum / repetitions, pValue: (1 + atOrAbove) / (1 + repetitions) }
}
