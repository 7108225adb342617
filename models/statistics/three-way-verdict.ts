import { binomialAtLeast, binomialAtMost } from './binomial-tail.ts'
import { clopperPearsonLower, clopperPearsonUpper } from './clopper-pearson.ts'

export type ThreeWayVerdict = 'pass' | 'fail' | 'inconclusive'

/**
 * Whether k errors in n random reviews show a rate within the limit, over it, or neither.
 *
 * Formula: pass when the Clopper-Pearson upper bound at alphaPass is at or under the limit, fail when the lower bound
 * at alphaFail is over it. The p-values are the binomial tails at the limit. No review is inconclusive. Source:
 * methods.md 1.4; Clopper & Pearson 1934. Units: shares 0..1. Throws OversightError `internal` on impossible counts.
 */
export function threeWayVerdict(
  k: number,
  n: number,
  limit: number,
  alphaPass: number,
  alphaFail: number,
): { verdict: ThreeWayVerdict; upper: number; lower: number; passP: number; failP: number } {
  const upper = clopperPearsonUpper(k, n, alphaPass)
  const lower = clopperPearsonLower(k, n, alphaFail)
  const verdict = upper <= limit ? 'pass' : lower > limit ? 'fail' : 'inconclusive'
  return { verdict, upper, lower, passP: binomialAtMost(k, n, limit), failP: binomialAtLeast(k, n, limit) }
}
