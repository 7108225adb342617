import { binomialAtMost } from './binomial-tail.ts'
import { checkCounts, checkInside, checkInteger } from './check-arguments.ts'

/**
 * How many more reviews would show a rate within the limit, if no more than `additionalErrors` are found in them.
 *
 * Formula: smallest N with P(Bin(N, limit) <= k + additionalErrors) <= alpha, minus n; the Clopper-Pearson upper bound
 * at N lies at or under the limit. 0 where the reviews so far do. Reviewing until it passes is optional stopping: this
 * is a plan for a sample still to be drawn. Source: methods.md 1.6; Clopper & Pearson 1934.
 *
 * k errors in n reviews so far. Throws OversightError `internal` on impossible arguments.
 */
export function reviewsToConclude(k: number, n: number, limit: number, alpha: number, additionalErrors = 0): number {
  checkCounts(k, n, 'reviewsToConclude')
  checkInteger(additionalErrors, 0, 'additionalErrors', 'reviewsToConclude')
  checkInside(limit, 'limit', 'reviewsToConclude')
  checkInside(alpha, 'alpha', 'reviewsToConclude')
  const errors = k + additionalErrors
  const isShown = (total: number) => total >= errors && binomialAtMost(errors, total, limit) <= alpha
  let high = Math.max(n, errors, 1)
  while (!isShown(high)) high *= 2
  let low = Math.max(n, errors)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isShown(middle)) high = middle
    else low = middle + 1
  }
  return low - n
}
