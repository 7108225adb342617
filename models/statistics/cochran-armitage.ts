import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import { checkCounts } from './check-arguments.ts'

export interface CochranArmitageTest {
  /** Negative where the share falls. */
  readonly z: number
  readonly pTwoSided: number
  /** One-sided p of "no trend" against a falling and a rising share. */
  readonly pDecreasing: number
  readonly pIncreasing: number
  /** Fitted change of the share per period, 0..1 scale (-0.02 is two points down). */
  readonly slope: number
}

/**
 * Cochran-Armitage test of a linear trend in a share over equally spaced periods.
 *
 * Formula: with t = 1, 2, ... and p the pooled share, z = sum t (k - n p) / sqrt(p (1 - p) S), S = sum n t^2 -
 * (sum n t)^2 / N; slope = sum t (k - n p) / S. Source: Armitage 1955, Biometrics 11:375-386; z^2 is R's
 * prop.trend.test.
 *
 * Periods with n = 0 keep their place in time and carry no weight. Null where fewer than two periods have cases or
 * where the pooled share is 0 or 1. Throws OversightError `internal` on impossible counts.
 */
export function cochranArmitage(
  periods: readonly { readonly k: number; readonly n: number }[],
): CochranArmitageTest | null {
  let hits = 0
  let cases = 0
  let weightedTime = 0
  let weightedSquare = 0
  let weightedHits = 0
  for (const [index, { k, n }] of periods.entries()) {
    checkCounts(k, n, 'cochranArmitage')
    hits += k
    cases += n
    weightedTime += n * (index + 1)
    weightedSquare += n * (index + 1) ** 2
    weightedHits += k * (index + 1)
  }
  if (hits === 0 || hits === cases || periods.filter(({ n }) => n > 0).length < 2) return null
  const share = hits / cases
  const spread = weightedSquare - weightedTime ** 2 / cases
  const trend = weightedHits - share * weightedTime
  const z = trend / Math.sqrt(share * (1 - share) * spread)
  return {
    z,
    pTwoSided: 2 * normalCdf(-Math.abs(z), 0, 1),
    pDecreasing: normalCdf(z, 0, 1),
    pIncreasing: normalCdf(-z, 0, 1),
    slope: trend / spread,
  }
}
