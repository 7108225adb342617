import type { Stratum } from './stratified-rate.ts'

/**
 * How many reviews of equal weight tell as much as these.
 *
 * Formula: (sum w)^2 / sum w^2 over reviews of weight w = N_h / n_h, that is (sum N_h)^2 / sum(N_h^2 / n_h). Source:
 * Kish 1965, Survey Sampling.
 *
 * In reviews, no integer. Strata without a review or without population are left out; 0 where none is left.
 */
export function kishSize(strata: readonly Omit<Stratum, 'hits'>[]): number {
  const sampled = strata.filter((stratum) => stratum.sampled > 0 && stratum.population > 0)
  const population = sampled.reduce((sum, stratum) => sum + stratum.population, 0)
  const squares = sampled.reduce((sum, stratum) => sum + stratum.population ** 2 / stratum.sampled, 0)
  return squares === 0 ? 0 : population ** 2 / squares
}
