/**
 * A weighted rate as whole counts of its effective size, for charts and comparisons that know counts only. It moves the
 * rate by at most half a review.
 *
 * Formula: denominator max(1, round(size)), numerator round(rate x denominator). Source: methods.md 1.2 (n_eff); the
 * rounding is ours. `rate` 0..1, `effectiveSize` in reviews, as kishSize gives it.
 */
export function effectiveCounts(rate: number, effectiveSize: number): { numerator: number; denominator: number } {
  const denominator = Math.max(1, Math.round(effectiveSize))
  return { numerator: Math.min(Math.round(rate * denominator), denominator), denominator }
}
