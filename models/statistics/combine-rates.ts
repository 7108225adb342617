/** A rate of one part, with its own two-sided limits, and the contacts it stands for. */
export interface PartRate {
  population: number
  /** 0..1, as are the limits. */
  rate: number
  lower: number
  upper: number
}

/**
 * The rate of all parts together, each weighted by its population, with the limits recovered from those of the parts.
 *
 * Formula: p = sum W_h p_h, limits p -/+ sqrt(sum (W_h (p_h - limit_h))^2), W_h = N_h / N, parts taken as independent.
 * Source: MOVER, Zou & Donner 2008, Statistics in Medicine 27:1693-1702.
 *
 * Shares 0..1. Parts without population carry no weight; undefined where there is no other.
 */
export function combineRates(parts: readonly PartRate[]): Omit<PartRate, 'population'> | undefined {
  const population = parts.reduce((sum, part) => sum + part.population, 0)
  if (population === 0) return undefined
  let rate = 0
  let below = 0
  let above = 0
  for (const part of parts) {
    const weight = part.population / population
    rate += weight * part.rate
    below += (weight * (part.rate - part.lower)) ** 2
    above += (weight * (part.upper - part.rate)) ** 2
  }
  // A sum of weights may miss 1 by its last bit.
  return {
    rate: Math.min(1, rate),
    lower: Math.max(0, rate - Math.sqrt(below)),
    upper: Math.min(1, rate + Math.sqrt(above)),
  }
}
