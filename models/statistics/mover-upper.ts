import { clopperPearsonUpper } from './clopper-pearson.ts'
import type { Stratum } from './stratified-rate.ts'
import { weightStrata } from './weight-strata.ts'

/**
 * One-sided upper bound of a share over strata: the bound of the gate that lets a type through.
 *
 * Formula: U = min(1, sum W_h p_h + sqrt(sum W_h^2 (u_h - p_h)^2)), u_h the Clopper-Pearson upper bound of stratum h at
 * `alpha`. Source: MOVER, Zou & Donner 2008, Statistics in Medicine 27:1693-1702, with Clopper-Pearson limits. With one
 * stratum it is Clopper-Pearson. That its error stays at or under alpha is measured, not proved: by exact enumeration it
 * does at limits up to 15 %. At limits of 20 % and more with alpha <= 0.01 a small stratum that is nearly all hits can
 * raise it to 1.4 alpha; bonferroniUpper is guaranteed.
 *
 * Shares 0..1. A stratum without a review counts as all hits; no stratum at all gives 1. Throws OversightError
 * `internal` on impossible counts.
 */
export function moverUpper(strata: readonly Stratum[], alpha: number): number {
  const weighted = weightStrata(strata, 'moverUpper')
  if (weighted.length === 0) return 1
  let share = 0
  let squares = 0
  for (const { hits, sampled, weight } of weighted) {
    const shareHere = sampled === 0 ? 1 : hits / sampled
    // At an alpha over one half the bound may fall below the share; it is no bound of it then.
    const reach = Math.max(0, clopperPearsonUpper(hits, sampled, alpha) - shareHere)
    share += weight * shareHere
    squares += (weight * reach) ** 2
  }
  return Math.min(1, share + Math.sqrt(squares))
}
