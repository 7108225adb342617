import tCdf from '@stdlib/stats-base-dists-t-cdf'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { OversightError } from '../oversight-error.ts'
import { checkFinite, checkInside, checkInteger } from './check-arguments.ts'

export interface MeanSample {
  readonly mean: number
  readonly standardDeviation: number
  readonly n: number
}

export interface WelchNoninferiority {
  /** current - reference, in the score's unit. */
  readonly difference: number
  readonly degreesOfFreedom: number
  /** p of the hypothesis that the mean fell by `margin` or more. */
  readonly pValue: number
  /** One-sided bounds of the difference, each at `alpha`. */
  readonly lower: number
  readonly upper: number
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
}

/**
 * Did a mean score stay within `margin` of the reference? Higher is better.
 *
 * Formula: Welch's t of (difference + margin) / se, se^2 = s1^2/n1 + s2^2/n2, Welch-Satterthwaite df. Source: Welch
 * 1947, Biometrika 34:28-35; shifted hypothesis as in FDA guidance on non-inferiority. `pass` where the lower bound is
 * above -margin, else `fail` where the upper bound is below 0, else `inconclusive`.
 *
 * Null where a sample has fewer than two scores or neither varies. Throws OversightError `internal` on impossible
 * numbers.
 */
export function welchNoninferiority(
  current: MeanSample,
  reference: MeanSample,
  margin: number,
  alpha = 0.05,
): WelchNoninferiority | null {
  checkInside(alpha, 'alpha', 'welchNoninferiority')
  if (!(margin > 0)) throw new OversightError('internal', `welchNoninferiority needs a margin above 0, got ${margin}.`)
  for (const { mean, standardDeviation, n } of [current, reference]) {
    checkInteger(n, 0, 'n', 'welchNoninferiority')
    checkFinite([mean, standardDeviation], 'means and deviations', 'welchNoninferiority')
  }
  if (current.n < 2 || reference.n < 2) return null
  const currentPart = current.standardDeviation ** 2 / current.n
  const referencePart = reference.standardDeviation ** 2 / reference.n
  const variance = currentPart + referencePart
  if (variance === 0) return null
  const degreesOfFreedom = variance ** 2 / (currentPart ** 2 / (current.n - 1) + referencePart ** 2 / (reference.n - 1))
  const difference = current.mean - reference.mean
  const standardError = Math.sqrt(variance)
  const reach = tQuantile(1 - alpha, degreesOfFreedom) * standardError
  const lower = difference - reach
  const upper = difference + reach
  return {
    difference,
    degreesOfFreedom,
    pValue: tCdf(-(difference + margin) / standardError, degreesOfFreedom),
    lower,
    upper,
    verdict: lower > -margin ? 'pass' : upper < 0 ? 'fail' : 'inconclusive',
  }
}
