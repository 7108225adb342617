import { OversightError } from '../oversight-error.ts'
import { type Ratings, ratingCounts } from './rating-counts.ts'

/**
 * Fleiss' kappa of several reviewers who all rated every item.
 *
 * Formula: P_i = sum_k r_ik (r_ik - 1) / (r (r - 1)), P = mean P_i, P_e = sum p_k^2 with p_k the share of category k among
 * all ratings; kappa = (P - P_e) / (1 - P_e). Source: Fleiss 1971, Psychological Bulletin 76:378-382.
 *
 * Null without an item, with a single reviewer, or where only one category occurs. Throws OversightError `internal` on an
 * unknown label or a missing rating: krippendorffAlpha bears those.
 */
export function fleissKappa<Label extends string | number>(
  items: readonly Ratings<Label>[],
  categories: readonly Label[],
): number | null {
  const counts = ratingCounts(items, categories, 'fleissKappa')
  const raters = items[0]?.length ?? 0
  if (counts.some((row) => row.reduce((sum, count) => sum + count, 0) !== raters)) {
    throw new OversightError('internal', 'fleissKappa needs a rating of every reviewer for every item.')
  }
  if (items.length === 0 || raters < 2) return null
  let agreement = 0
  const totals = new Array<number>(categories.length).fill(0)
  for (const row of counts) {
    for (const [k, count] of row.entries()) {
      agreement += (count * (count - 1)) / (raters * (raters - 1)) / items.length
      totals[k] = (totals[k] ?? 0) + count
    }
  }
  const chance = totals.reduce((sum, total) => sum + (total / (items.length * raters)) ** 2, 0)
  return 1 - chance < 1e-15 ? null : (agreement - chance) / (1 - chance)
}
