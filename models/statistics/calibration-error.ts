import type { ReliabilityBin } from './reliability-bins.ts'

export interface CalibrationError {
  /** ECE: mean distance between confidence and accuracy over bins, weighted by answers. */
  readonly expected: number
  /** MCE: the largest distance of a bin. */
  readonly largest: number
}

/**
 * How far stated confidence is from accuracy, over reliability bins.
 *
 * Formula: ECE = sum (w_b / w) |accuracy_b - confidence_b|, MCE = max. Source: Naeini, Cooper & Hauskrecht 2015. ECE is
 * above 0 by chance alone, most for a perfect model: show it with its value under perfect calibration
 * (calibrationNull).
 *
 * 0..1. Null without an answer.
 */
export function calibrationError(bins: readonly ReliabilityBin[]): CalibrationError | null {
  const total = bins.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return null
  let expected = 0
  let largest = 0
  for (const { gap, weight } of bins) {
    if (gap === null) continue
    expected += (weight / total) * Math.abs(gap)
    largest = Math.max(largest, Math.abs(gap))
  }
  return { expected, largest }
}
