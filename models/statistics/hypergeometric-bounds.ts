import hypergeometricPmf from '@stdlib/stats-base-dists-hypergeometric-pmf'
import { OversightError } from '../oversight-error.ts'
import { checkCounts, checkInside, checkInteger } from './check-arguments.ts'

export interface HypergeometricBounds {
  /** Fewest and most defects in the whole population that the sample leaves possible, one-sided `alpha` each. */
  readonly lowerCount: number
  readonly upperCount: number
  /** The same as shares of the population. */
  readonly lower: number
  readonly upper: number
  /** sqrt((N - n) / (N - 1)): by how much the standard error shrinks; 0 in a census. */
  readonly correction: number
}

/**
 * How many of this month's contacts had the defect, when n of N were reviewed without replacement and k had it.
 *
 * Formula: upper = largest K with P(Hypergeometric(N, K, n) <= k) > alpha, lower = smallest K with P(>= k) > alpha.
 * Source: Buonaccorsi 1987, American Statistician 41:215-218. A statement about these contacts, not about next
 * month's: never a gate (methods.md 1.5).
 *
 * n = 0 leaves everything possible; N = 0 gives 0..1. Throws OversightError `internal` on impossible counts.
 */
export function hypergeometricBounds(population: number, n: number, k: number, alpha = 0.05): HypergeometricBounds {
  checkCounts(k, n, 'hypergeometricBounds')
  checkInteger(population, 0, 'population', 'hypergeometricBounds')
  checkInside(alpha, 'alpha', 'hypergeometricBounds')
  if (n > population) {
    throw new OversightError('internal', `hypergeometricBounds needs n <= population, got ${n} of ${population}.`)
  }
  if (population === 0) return { lowerCount: 0, upperCount: 0, lower: 0, upper: 1, correction: 1 }
  const most = population - (n - k)
  // P(X <= k) falls and P(X >= k) rises with the number of defects, so each bound is found by halving.
  const firstImpossible = firstCount(k, most, (defects) => atMost(k, population, defects, n) <= alpha)
  const lowerCount = firstCount(k, most, (defects) => atLeast(k, population, defects, n) > alpha)
  const upperCount = firstImpossible - 1
  return {
    lowerCount,
    upperCount,
    lower: lowerCount / population,
    upper: upperCount / population,
    correction: population === 1 ? 0 : Math.sqrt((population - n) / (population - 1)),
  }
}

/** The smallest count in from..through of which the condition holds, through + 1 where it never does. */
function firstCount(from: number, through: number, holds: (count: number) => boolean): number {
  let low = from
  let high = through + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function atMost(k: number, population: number, defects: number, n: number): number {
  let total = 0
  for (let x = Math.max(0, n - (population - defects)); x <= k; x += 1) {
    total += hypergeometricPmf(x, population, defects, n)
  }
  return total
}

function atLeast(k: number, population: number, defects: number, n: number): number {
  let total = 0
  for (let x = k; x <= Math.min(n, defects); x += 1) total += hypergeometricPmf(x, population, defects, n)
  return total
}
