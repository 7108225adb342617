import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { OversightError } from '../oversight-error.ts'
import { checkFinite, checkInside, checkInteger } from './check-arguments.ts'

export interface ScoredStratum {
  /** Interactions in the stratum (N_h); no integer where it is a part of one. */
  readonly population: number
  /** Scored reviews drawn from it (n_h). */
  readonly n: number
  readonly sum: number
  readonly sumOfSquares: number
}

export interface StratifiedMean {
  /** Mean weighted by the strata's share of all interactions, in the score's unit. */
  readonly mean: number
  /** Null where a stratum has one score only, since its spread is unknown. */
  readonly spread: {
    readonly standardError: number
    /** Satterthwaite's degrees of freedom; null where no score varies. */
    readonly degreesOfFreedom: number | null
    /** One-sided bounds, each at `alpha`. */
    readonly lower: number
    readonly upper: number
  } | null
}

/**
 * Mean score over strata with its one-sided t bounds (QA score).
 *
 * Formula: mean = sum W_h m_h, W_h = N_h / N; se^2 = sum a_h, a_h = W_h^2 s_h^2 / n_h; bounds mean -+ t se with
 * df = (sum a_h)^2 / sum(a_h^2 / (n_h - 1)). Source: Cochran, Sampling Techniques, 5.4 (with Satterthwaite 1946).
 * No finite-population correction: the score is about the process, not about this month's contacts.
 *
 * Strata without interactions are left out. Null where one of the others has no score, or there is none. Throws
 * OversightError `internal` on impossible numbers.
 */
export function stratifiedMean(strata: readonly ScoredStratum[], alpha = 0.05): StratifiedMean | null {
  checkInside(alpha, 'alpha', 'stratifiedMean')
  for (const { population, n, sum, sumOfSquares } of strata) {
    checkInteger(n, 0, 'n', 'stratifiedMean')
    checkFinite([population, sum, sumOfSquares], 'population and sums', 'stratifiedMean')
    if (n > population) {
      throw new OversightError('internal', `stratifiedMean needs n <= population, got ${n} of ${population}.`)
    }
  }
  const used = strata.filter(({ population }) => population > 0)
  const total = used.reduce((sum, { population }) => sum + population, 0)
  if (used.length === 0 || used.some(({ n }) => n === 0)) return null
  const mean = used.reduce((all, { population, n, sum }) => all + ((population / total) * sum) / n, 0)
  if (used.some(({ n }) => n < 2)) return { mean, spread: null }
  let variance = 0
  let squaredOverFreedom = 0
  for (const { population, n, sum, sumOfSquares } of used) {
    const weight = population / total
    const stratumVariance = Math.max(0, (sumOfSquares - sum ** 2 / n) / (n - 1))
    const part = (weight ** 2 * stratumVariance) / n
    variance += part
    squaredOverFreedom += part ** 2 / (n - 1)
  }
  if (variance === 0) return { mean, spread: { standardError: 0, degreesOfFreedom: null, lower: mean, upper: mean } }
  const standardError = Math.sqrt(variance)
  const degreesOfFreedom = variance ** 2 / squaredOverFreedom
  const reach = tQuantile(1 - alpha, degreesOfFreedom) * standardError
  return { mean, spread: { standardError, degreesOfFreedom, lower: mean - reach, upper: mean + reach } }
}
