import { combineRates } from './combine-rates.ts'
import { wilsonInterval } from './wilson.ts'

/** One stratum: what it stands for, how many of it were looked at, and how many of those had the property. */
export interface Stratum {
  population: number
  sampled: number
  hits: number
}

export interface StratifiedRate {
  /** 0..1, each stratum weighted by its population. */
  rate: number
  lower: number
  upper: number
  /** Share of the whole population that lies in strata with a sample; the rate speaks for these only. */
  coverage: number
}

/**
 * Rate over strata that were sampled at different rates, with a two-sided interval for display. Adding up hits and
 * samples instead is biased in either direction.
 *
 * Formula: sum W_h k_h / n_h, W_h = N_h / N, with the limits of combineRates from the strata's Wilson limits; with one
 * stratum it is the Wilson interval. Source: method of variance estimates recovery (MOVER), Zou & Donner 2008.
 *
 * Shares 0..1, `confidence` two-sided. Strata without a sample carry no weight; undefined when nothing was sampled.
 */
export function stratifiedRate(strata: readonly Stratum[], confidence = 0.95): StratifiedRate | undefined {
  const sampled = strata.filter((stratum) => stratum.sampled > 0 && stratum.population > 0)
  const combined = combineRates(
    sampled.map((stratum) => ({
      population: stratum.population,
      rate: stratum.hits / stratum.sampled,
      ...wilsonInterval(stratum.hits, stratum.sampled, confidence),
    })),
  )
  if (combined === undefined) return undefined
  const total = (some: readonly Stratum[]) => some.reduce((sum, { population }) => sum + population, 0)
  return { ...combined, coverage: total(sampled) / total(strata) }
}
