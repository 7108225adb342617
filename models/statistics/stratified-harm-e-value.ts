import { bonferroniLower } from './bonferroni-bounds.ts'
import { checkInside } from './check-arguments.ts'
import type { Stratum } from './stratified-rate.ts'

/** Smaller p-values are taken as this: nobody decides on what lies below. */
const SMALLEST = 1e-12

/**
 * Evidence that a share over strata is above the limit, where reviews stand for unequal numbers of contacts, so that
 * `harmEValue`, which takes all as drawn alike, does not hold.
 *
 * Formula: 1 / (2 sqrt p), p the smallest alpha at which bonferroniLower is over the limit, by bisection on ln alpha.
 * Its mean is at most 1 for every valid p. Source: the calibrators of Vovk & Wang 2021, Annals of Statistics
 * 49:1736-1754. It asks for more than the likelihood ratio of one stratum: 20 means p = 0.000625. One look
 * at one closed month; unlike `harmEValue` it may not be read again while reviews come in.
 *
 * 0.5, no evidence, where the bound is never over the limit. `limit` a share inside 0..1. Throws OversightError
 * `internal` on impossible counts.
 */
export function stratifiedHarmEValue(strata: readonly Stratum[], limit: number): number {
  checkInside(limit, 'limit', 'stratifiedHarmEValue')
  let over = Math.log1p(-SMALLEST)
  let under = Math.log(SMALLEST)
  if (bonferroniLower(strata, Math.exp(over)) <= limit) return 0.5
  if (bonferroniLower(strata, Math.exp(under)) > limit) return 0.5 / Math.sqrt(SMALLEST)
  for (let turn = 0; turn < 60; turn += 1) {
    const middle = (over + under) / 2
    if (bonferroniLower(strata, Math.exp(middle)) > limit) over = middle
    else under = middle
  }
  return 0.5 / Math.sqrt(Math.exp(over))
}
