/**
 * A weighted rate (0..1) as whole counts of its effective size, for charts and comparisons that know counts only. It moves
 * the rate by at most half a review.
 */
export function effectiveCounts(rate: number, effectiveSize: number): { numerator: number; denominator: number } {
  const denominator = Math.max(1, Math.round(effectiveSize))
  return { numerator: Math.min(Math.round(rate * denominator), denominator), denominator }
}
