import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf'
import { checkCounts, checkShare } from './check-arguments.ts'

/**
 * Chance of k or fewer in n at the true share p. With p the limit it is the p-value of "the rate is at or over the
 * limit".
 *
 * Formula: P(Bin(n, p) <= k) = sum over i <= k of C(n, i) p^i (1 - p)^(n - i), by the library's incomplete beta.
 * Source: Abramowitz & Stegun 26.5.24. Shares 0..1. Throws OversightError `internal` on impossible counts or a
 * p outside 0..1.
 */
export function binomialAtMost(k: number, n: number, p: number): number {
  checkCounts(k, n, 'binomialAtMost')
  checkShare(p, 'p', 'binomialAtMost')
  // The library's sum may end a last bit above 1.
  return Math.min(1, Math.max(0, binomialCdf(k, n, p)))
}

/** Chance of k or more in n at the true share p, from the other side of the coin so that small chances keep their digits. */
export function binomialAtLeast(k: number, n: number, p: number): number {
  return k === 0 ? 1 : binomialAtMost(n - k, n, 1 - p)
}
