import type { Stratum } from './stratified-rate.ts'

/**
 * How many reviews of equal weight tell as much as these: (sum N_h)^2 / sum(N_h^2 / n_h), Kish 1965. Strata without a
 * review or without population are left out; 0 where none is left.
 */
export function kishSize(strata: readonly Stratum[]): number {
  const sampled = strata.filter((stratum) => stratum.sampled > 0 && stratum.population > 0)
  const population = sampled.reduce((sum, stratum) => sum + stratum.population, 0)
  const squares = sampled.reduce((sum, stratum) => sum + stratum.population ** 2 / stratum.sampled, 0)
  return squares === 0 ? 0 : population ** 2 / squares
}
