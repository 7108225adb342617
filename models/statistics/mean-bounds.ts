import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { checkFinite, checkInside, checkInteger } from './check-arguments.ts'

/**
 * Mean with one-sided t bounds at `alpha` each, from n, the sum and the sum of squares.
 *
 * Formula: mean -+ t(1 - alpha; n - 1) s / sqrt(n), s^2 = (sumOfSquares - sum^2 / n) / (n - 1). Source: Student 1908.
 * Unit of the score. Null where n < 2, since the spread is unknown. Throws OversightError `internal` on impossible
 * numbers.
 */
export function meanBounds(
  n: number,
  sum: number,
  sumOfSquares: number,
  alpha: number,
): { mean: number; lower: number; upper: number } | null {
  checkInteger(n, 0, 'n', 'meanBounds')
  checkFinite([sum, sumOfSquares], 'sums', 'meanBounds')
  checkInside(alpha, 'alpha', 'meanBounds')
  if (n < 2) return null
  const mean = sum / n
  // Equal scores leave a rounding rest that may be negative.
  const variance = Math.max(0, (sumOfSquares - sum ** 2 / n) / (n - 1))
  const reach = tQuantile(1 - alpha, n - 1) * Math.sqrt(variance / n)
  return { mean, lower: mean - reach, upper: mean + reach }
}
