import { binomialAtMost } from './binomial-tail.ts'
import { checkInside } from './check-arguments.ts'
import { moverUpper } from './mover-upper.ts'
import type { Stratum } from './stratified-rate.ts'
import { weightStrata } from './weight-strata.ts'

/** Smaller values are reported as this: nobody decides on them, and the bound loses its digits there. */
const SMALLEST = 1e-12

/**
 * p-value of "the share is at or over the limit" over strata: what the correction for many types needs.
 *
 * Formula: the smallest alpha at which moverUpper is at or under the limit, by bisection on ln alpha; with one stratum
 * P(Bin(n, limit) <= k) exactly. 1 where the share itself is over the limit in several strata, or nothing was reviewed;
 * never below 1e-12. Source: methods.md 1.3.
 *
 * `limit` a share. Throws OversightError `internal` on impossible counts or a limit outside 0..1.
 */
export function goPValue(strata: readonly Stratum[], limit: number): number {
  checkInside(limit, 'limit', 'goPValue')
  const weighted = weightStrata(strata, 'goPValue')
  const [only] = weighted
  if (only === undefined) return 1
  if (weighted.length === 1) return Math.max(SMALLEST, binomialAtMost(only.hits, only.sampled, limit))
  let passing = Math.log1p(-SMALLEST)
  let failing = Math.log(SMALLEST)
  if (moverUpper(weighted, Math.exp(passing)) > limit) return 1
  if (moverUpper(weighted, Math.exp(failing)) <= limit) return SMALLEST
  for (let turn = 0; turn < 60; turn += 1) {
    const middle = (passing + failing) / 2
    if (moverUpper(weighted, Math.exp(middle)) <= limit) passing = middle
    else failing = middle
  }
  return Math.exp(passing)
}
