import { clopperPearsonLower, clopperPearsonUpper } from './clopper-pearson.ts'
import type { Stratum } from './stratified-rate.ts'
import { weightStrata } from './weight-strata.ts'

/**
 * One-sided lower bound of a share over strata: the bound of the gate that fails a type.
 *
 * Formula: L = sum W_h l_h, l_h the Clopper-Pearson lower bound of stratum h at alpha / H. Guaranteed by the union
 * bound over the H strata that have contacts; the MOVER lower bound is not (its error reaches 0.076 at alpha 0.05).
 * Source: Bonferroni 1936; Clopper & Pearson 1934; methods.md 1.3.
 *
 * Shares 0..1. A stratum without a review counts as none; no stratum gives 0. Throws OversightError `internal` on
 * impossible counts.
 */
export function bonferroniLower(strata: readonly Stratum[], alpha: number): number {
  const weighted = weightStrata(strata, 'bonferroniLower')
  return weighted.reduce(
    (sum, { hits, sampled, weight }) => sum + weight * clopperPearsonLower(hits, sampled, alpha / weighted.length),
    0,
  )
}

/** The upper bound of the same kind: guaranteed, and wider than moverUpper. 1 where there is no stratum. */
export function bonferroniUpper(strata: readonly Stratum[], alpha: number): number {
  const weighted = weightStrata(strata, 'bonferroniUpper')
  if (weighted.length === 0) return 1
  return weighted.reduce(
    (sum, { hits, sampled, weight }) => sum + weight * clopperPearsonUpper(hits, sampled, alpha / weighted.length),
    0,
  )
}
