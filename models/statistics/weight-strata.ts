import { OversightError } from '../oversight-error.ts'
import { checkCounts, checkInteger } from './check-arguments.ts'
import type { Stratum } from './stratified-rate.ts'

/** A stratum that has contacts, with its share of all contacts. */
export interface WeightedStratum extends Stratum {
  readonly weight: number
}

/**
 * The strata that have contacts, each with its weight; refuses counts that cannot be. `where` names the caller.
 *
 * Formula: W_h = N_h / N. Source: Cochran, Sampling Techniques, 5.2. Weights are shares and sum to 1.
 */
export function weightStrata(strata: readonly Stratum[], where: string): WeightedStratum[] {
  for (const { population, sampled, hits } of strata) {
    checkCounts(hits, sampled, where)
    checkInteger(population, 0, 'population', where)
    if (sampled > population) {
      throw new OversightError('internal', `${where} needs sampled <= population, got ${sampled} of ${population}.`)
    }
  }
  const total = strata.reduce((sum, { population }) => sum + population, 0)
  return strata
    .filter(({ population }) => population > 0)
    .map((stratum) => ({ ...stratum, weight: stratum.population / total }))
}
