import betaQuantile from '@stdlib/stats-base-dists-beta-quantile'
import { checkCounts, checkInside } from './check-arguments.ts'

/**
 * Jeffreys interval of a share: k of n had the property.
 *
 * Formula: quantiles of Beta(k + 1/2, n - k + 1/2), the posterior under Jeffreys' prior, with the ends set to 0
 * where k = 0 and to 1 where k = n, so that the observed share is always inside. Source: Brown, Cai & DasGupta
 * 2001, Interval estimation for a binomial proportion, Statistical Science 16:101-133. For display only: as a
 * one-sided gate it lets too much through (methods.md 1.3).
 *
 * Units: `confidence` two-sided; shares 0..1. n = 0 gives the whole interval 0..1.
 * Throws OversightError `internal` on impossible counts.
 */
export function jeffreysInterval(k: number, n: number, confidence = 0.95): { lower: number; upper: number } {
  checkCounts(k, n, 'jeffreysInterval')
  checkInside(confidence, 'confidence', 'jeffreysInterval')
  const tail = (1 - confidence) / 2
  return {
    lower: k === 0 ? 0 : jeffreysLower(k, n, tail),
    upper: k === n ? 1 : jeffreysUpper(k, n, tail),
  }
}

/** The bare upper quantile BetaInv(1 - alpha; k + 1/2, n - k + 1/2), one-sided `alpha`; 1 where n = 0. */
export function jeffreysUpper(k: number, n: number, alpha: number): number {
  checkCounts(k, n, 'jeffreysUpper')
  checkInside(alpha, 'alpha', 'jeffreysUpper')
  return n === 0 ? 1 : betaQuantile(1 - alpha, k + 0.5, n - k + 0.5)
}

/** The bare lower quantile BetaInv(alpha; k + 1/2, n - k + 1/2), one-sided `alpha`; 0 where n = 0. */
export function jeffreysLower(k: number, n: number, alpha: number): number {
  checkCounts(k, n, 'jeffreysLower')
  checkInside(alpha, 'alpha', 'jeffreysLower')
  return n === 0 ? 0 : betaQuantile(alpha, k + 0.5, n - k + 0.5)
}
