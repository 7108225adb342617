import { binomialAtMost } from './binomial-tail.ts'
import { checkInside, checkInteger } from './check-arguments.ts'

export interface InconclusiveBand {
  /** Most errors that still pass; -1 where not even none does. */
  readonly passAtMost: number
  /** Fewest errors that fail; n + 1 where not even n does. */
  readonly failAtLeast: number
}

/**
 * Acceptance numbers: how many errors in n reviews show a rate within the limit, and how many one over it. What lies
 * between is inconclusive.
 *
 * Formula: pass while P(Bin(n, limit) <= k) <= alphaPass, which is the Clopper-Pearson upper bound at or under the
 * limit; fail while P(Bin(n, limit) >= k) < alphaFail, which is the lower bound over it. Source: methods.md 1.4;
 * Clopper & Pearson 1934.
 *
 * `limit` a share, alphas one-sided. Throws OversightError `internal` on impossible arguments.
 */
export function inconclusiveBand(n: number, limit: number, alphaPass: number, alphaFail: number): InconclusiveBand {
  checkInteger(n, 0, 'n', 'inconclusiveBand')
  checkInside(limit, 'limit', 'inconclusiveBand')
  checkInside(alphaPass, 'alphaPass', 'inconclusiveBand')
  checkInside(alphaFail, 'alphaFail', 'inconclusiveBand')
  if (n === 0) return { passAtMost: -1, failAtLeast: 1 }
  return {
    passAtMost: firstCount(n, (k) => binomialAtMost(k, n, limit) > alphaPass) - 1,
    failAtLeast: firstCount(n, (k) => k > 0 && 1 - binomialAtMost(k - 1, n, limit) < alphaFail),
  }
}

/** The smallest count 0..n of which the condition holds, n + 1 where it never does; it holds for all larger ones. */
function firstCount(n: number, holds: (k: number) => boolean): number {
  let low = 0
  let high = n + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
