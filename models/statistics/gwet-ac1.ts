import { type Ratings, ratingCounts } from './rating-counts.ts'

export interface GwetAc1 {
  /** Mean share of pairs of reviewers that agree on an item. */
  readonly agreement: number
  readonly chanceAgreement: number
  readonly ac1: number
  /** Standard error over items, as if drawn from a large population; null with a single item. */
  readonly standardError: number | null
}

/**
 * Gwet's AC1 of any number of reviewers: agreement beyond chance that does not collapse where a category is rare.
 *
 * Formula: over items with two or more ratings p_a = mean of sum_k r_k (r_k - 1) / (r (r - 1)); over all rated items pi_k =
 * mean of r_k / r; p_e = sum pi_k (1 - pi_k) / (q - 1); AC1 = (p_a - p_e) / (1 - p_e). Source: Gwet 2008, British Journal of
 * Mathematical and Statistical Psychology 61:29-48; Handbook of Inter-Rater Reliability, 4th ed., for the variance.
 *
 * `categories`: all that could be given, at least two. Null where no item was rated twice. Throws OversightError
 * `internal` on an unknown label.
 */
export function gwetAc1<Label extends string | number>(
  items: readonly Ratings<Label>[],
  categories: readonly Label[],
): GwetAc1 | null {
  const counts = ratingCounts(items, categories, 'gwetAc1')
  const q = categories.length
  const rated = counts
    .map((row) => ({ row, raters: row.reduce((sum, count) => sum + count, 0) }))
    .filter(({ raters }) => raters > 0)
  const paired = rated.filter(({ raters }) => raters > 1)
  if (paired.length === 0 || q < 2) return null
  const agreementOf = ({ row, raters }: (typeof rated)[number]) =>
    raters < 2 ? 0 : row.reduce((sum, count) => sum + count * (count - 1), 0) / (raters * (raters - 1))
  const agreement = paired.reduce((sum, item) => sum + agreementOf(item), 0) / paired.length
  const shares = categories.map(
    (_, k) => rated.reduce((sum, { row, raters }) => sum + (row[k] ?? 0) / raters, 0) / rated.length,
  )
  const chanceAgreement = shares.reduce((sum, share) => sum + share * (1 - share), 0) / (q - 1)
  const ac1 = (agreement - chanceAgreement) / (1 - chanceAgreement)
  // What each item would contribute on its own; its spread over items is the variance.
  const deviations = rated.reduce((sum, item) => {
    const weight = item.raters > 1 ? rated.length / paired.length : 0
    const own = weight * ((agreementOf(item) - chanceAgreement) / (1 - chanceAgreement))
    const chance =
      item.row.reduce((total, count, k) => total + (count / item.raters) * (1 - (shares[k] ?? 0)), 0) / (q - 1)
    const deviation = own - 2 * (1 - ac1) * ((chance - chanceAgreement) / (1 - chanceAgreement)) - ac1
    return sum + deviation ** 2
  }, 0)
  return {
    agreement,
    chanceAgreement,
    ac1,
    standardError: rated.length < 2 ? null : Math.sqrt(deviations / (rated.length * (rated.length - 1))),
  }
}
