import { type BrierDecomposition, brierDecomposition, brierScore } from '../statistics/brier-score.ts'
import { calibrationError } from '../statistics/calibration-error.ts'
import { type CalibrationNull, calibrationNull } from '../statistics/calibration-null.ts'
import {
  type BinScheme,
  type JudgedAnswer,
  type ReliabilityBin,
  reliabilityBins,
} from '../statistics/reliability-bins.ts'
import { wilsonLimits } from '../statistics/wilson.ts'

/** A reliability bin with the 95 % interval of its accuracy; null in an empty bin. */
interface CalibrationBin extends ReliabilityBin {
  readonly accuracyLower: number | null
  readonly accuracyUpper: number | null
}

interface BinnedCalibration extends CalibrationNull {
  bins: readonly CalibrationBin[]
  /** The largest gap of a bin. */
  largestGap: number
}

/** Whether stated confidence means what it says. Shares 0..1. */
export interface CalibrationReport {
  answers: number
  errors: number
  meanConfidence: number
  accuracy: number
  /** accuracy - meanConfidence; below 0 the AI is surer than it is right. */
  gap: number
  /** ECE with what chance gives a perfectly calibrated AI, and its bins. The first decides, the second compares. */
  equalMass: BinnedCalibration
  equalWidth: BinnedCalibration
  brier: number
  decomposition: BrierDecomposition
  /** At 1 %: the equal-mass ECE is more than chance gives, and on the whole the AI claims too much, or too little. */
  verdict: 'calibrated' | 'over_confident' | 'under_confident'
}

/** Fewer reviews show no calibration. */
const minimumAnswers = 30
const verdictLevel = 0.01

/**
 * Calibration of one type and AI version from its judged answers: reliability bins (at most ten, of the same number and of
 * the same breadth), ECE against its null by consistency resampling with a fixed seed, Brier score and Murphy's
 * decomposition. All shares are weighted by the answers' design weights. methods.md section 6. null with fewer than 30 answers. Throws OversightError `internal` on impossible
 * answers.
 */
export function calibrationReport(
  answers: readonly JudgedAnswer[],
  { seed = 1, repetitions = 1000 }: { seed?: number; repetitions?: number } = {},
): CalibrationReport | null {
  if (answers.length < minimumAnswers) return null
  const equalMass = binned(answers, 'equal_mass', { seed, repetitions })
  const equalWidth = binned(answers, 'equal_width', { seed, repetitions })
  const brier = brierScore(answers)
  const decomposition = equalMass === null ? null : brierDecomposition(equalMass.bins)
  if (equalMass === null || equalWidth === null || brier === null || decomposition === null) return null
  const errors = answers.filter(({ isCorrect }) => !isCorrect).length
  const accuracy = weightedMean(answers, ({ isCorrect }) => (isCorrect ? 1 : 0))
  const meanConfidence = weightedMean(answers, ({ confidence }) => confidence)
  const gap = accuracy - meanConfidence
  const isOff = equalMass.pValue <= verdictLevel
  return {
    answers: answers.length,
    errors,
    meanConfidence,
    accuracy,
    gap,
    equalMass,
    equalWidth,
    brier,
    decomposition,
    verdict: !isOff ? 'calibrated' : gap < 0 ? 'over_confident' : 'under_confident',
  }
}

function weightedMean(answers: readonly JudgedAnswer[], shareOf: (answer: JudgedAnswer) => number): number {
  const total = answers.reduce((sum, { weight = 1 }) => sum + weight, 0)
  return answers.reduce((sum, answer) => sum + (answer.weight ?? 1) * shareOf(answer), 0) / total
}

function binned(
  answers: readonly JudgedAnswer[],
  scheme: BinScheme,
  resampling: { seed: number; repetitions: number },
): BinnedCalibration | null {
  const bins = reliabilityBins(answers, scheme)
  const against = calibrationNull(answers, { scheme, ...resampling })
  const error = calibrationError(bins)
  if (against === null || error === null) return null
  return { ...against, largestGap: error.largest, bins: bins.map(withInterval) }
}

function withInterval(bin: ReliabilityBin): CalibrationBin {
  if (bin.accuracy === null) return { ...bin, accuracyLower: null, accuracyUpper: null }
  const { lower, upper } = wilsonLimits(bin.accuracy, bin.effectiveSize, 0.95)
  return { ...bin, accuracyLower: lower, accuracyUpper: upper }
}
