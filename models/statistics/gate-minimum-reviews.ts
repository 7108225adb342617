import { checkInteger } from './check-arguments.ts'
import { reviewsToConclude } from './reviews-to-conclude.ts'

/**
 * Fewest reviews, over a whole window, that pass a gate with so many defects.
 *
 * Formula: smallest n with P(Bin(n, limit) <= maxDefects) <= alpha, the Clopper-Pearson upper bound at or under the
 * limit; a month's part is n / months, rounded up. Source: methods.md 1.6; Clopper & Pearson 1934. One stratum; with
 * several the plan is per stratum.
 *
 * `limit` a share, `alpha` one-sided. Throws OversightError `internal` on impossible arguments.
 */
export function gateMinimumReviews(
  limit: number,
  alpha: number,
  maxDefects: number,
  months = 3,
): { total: number; perMonth: number } {
  checkInteger(months, 1, 'months', 'gateMinimumReviews')
  const total = reviewsToConclude(0, 0, limit, alpha, maxDefects)
  return { total, perMonth: Math.ceil(total / months) }
}
