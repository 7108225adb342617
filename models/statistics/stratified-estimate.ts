import type { Stratum } from './stratified-rate.ts'
import { weightStrata } from './weight-strata.ts'

export interface StratifiedEstimate {
  /** Design-weighted share of hits among all contacts. */
  readonly share: number
  /** All hits over all sampled: biased in either direction, shown only to explain the difference. */
  readonly naiveShare: number
  /** Estimated number of hits among all contacts (Horvitz-Thompson). */
  readonly total: number
  /** Of the share, as a statement about the process; null where a stratum has a single review. */
  readonly variance: number | null
  readonly standardError: number | null
  /** Of the share among these very contacts, with the finite-population correction. */
  readonly varianceOfPopulation: number | null
  /** Size of a simple random sample with the same variance; null where the variance is 0. For display only. */
  readonly effectiveSize: number | null
  /** Variance against a simple random sample of the same size; null where that has none. */
  readonly designEffect: number | null
  /** Kish's approximation of the loss through unequal weights. */
  readonly kishDesignEffect: number
}

/**
 * Share of hits over strata that were sampled at different rates, with its design-based variance.
 *
 * Formula: W_h = N_h / N, p = sum W_h k_h / n_h; variance = sum W_h^2 p_h (1 - p_h) / (n_h - 1), times 1 - n_h / N_h for
 * the population's; effective size p (1 - p) / variance; Kish n sum w^2 / (sum w)^2. Source: Cochran, Sampling
 * Techniques, ch. 5; Horvitz & Thompson 1952; Kish 1965. The variance collapses where the heavy stratum has no hit: for a
 * gate take moverUpper and bonferroniLower.
 *
 * Shares 0..1. Null where a stratum has contacts but no review, since nothing is known of it. Throws OversightError
 * `internal` on impossible counts.
 */
export function stratifiedEstimate(strata: readonly Stratum[]): StratifiedEstimate | null {
  const weighted = weightStrata(strata, 'stratifiedEstimate')
  if (weighted.length === 0 || weighted.some(({ sampled }) => sampled === 0)) return null
  let share = 0
  let variance = 0
  let varianceOfPopulation = 0
  let contacts = 0
  let reviews = 0
  let hits = 0
  let squaredWeights = 0
  for (const stratum of weighted) {
    const { population, sampled, weight } = stratum
    const shareHere = stratum.hits / sampled
    const part = (weight ** 2 * shareHere * (1 - shareHere)) / (sampled - 1)
    share += weight * shareHere
    variance += part
    varianceOfPopulation += part * (1 - sampled / population)
    contacts += population
    reviews += sampled
    hits += stratum.hits
    squaredWeights += population ** 2 / sampled
  }
  const isKnown = weighted.every(({ sampled }) => sampled > 1)
  const simple = (share * (1 - share)) / (reviews - 1)
  return {
    share,
    naiveShare: hits / reviews,
    total: share * contacts,
    variance: isKnown ? variance : null,
    standardError: isKnown ? Math.sqrt(variance) : null,
    varianceOfPopulation: isKnown ? varianceOfPopulation : null,
    effectiveSize: isKnown && variance > 0 ? (share * (1 - share)) / variance : null,
    designEffect: isKnown && simple > 0 ? variance / simple : null,
    kishDesignEffect: (reviews * squaredWeights) / contacts ** 2,
  }
}
