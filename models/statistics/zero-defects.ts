import { checkInside, checkInteger } from './check-arguments.ts'

/**
 * Upper bound of the share of defects after n reviews without any: the closed form of Clopper-Pearson at k = 0.
 *
 * Formula: 1 - alpha^(1/n), one-sided `alpha`; n = 0 gives 1. Source: Clopper & Pearson 1934. Throws OversightError
 * `internal` on an impossible n or alpha.
 */
export function zeroDefectUpper(n: number, alpha = 0.05): number {
  checkInteger(n, 0, 'n', 'zeroDefectUpper')
  checkInside(alpha, 'alpha', 'zeroDefectUpper')
  return n === 0 ? 1 : -Math.expm1(Math.log(alpha) / n)
}

/** The rule of three, 3/n: the same bound at alpha 0.05 for mental arithmetic. Null where n = 0; may exceed 1. */
export function ruleOfThree(n: number): number | null {
  checkInteger(n, 0, 'n', 'ruleOfThree')
  return n === 0 ? null : 3 / n
}

/**
 * Fewest reviews that, all without a defect, show a share at or under the limit.
 *
 * Formula: smallest n with (1 - limit)^n <= alpha, ceil(ln alpha / ln(1 - limit)). Throws OversightError `internal`
 * on a limit or alpha outside 0..1.
 */
export function zeroDefectMinimumReviews(limit: number, alpha = 0.05): number {
  checkInside(limit, 'limit', 'zeroDefectMinimumReviews')
  checkInside(alpha, 'alpha', 'zeroDefectMinimumReviews')
  return Math.ceil(Math.log(alpha) / Math.log1p(-limit))
}
