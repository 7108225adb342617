import { bonferroniLower } from './bonferroni-bounds.ts'
import { checkInside } from './check-arguments.ts'
import { moverUpper } from './mover-upper.ts'
import type { Stratum } from './stratified-rate.ts'
import type { ThreeWayVerdict } from './three-way-verdict.ts'
import { weightStrata } from './weight-strata.ts'

/** What the evidence must be like before it may decide anything. */
export interface EvidenceDemands {
  /** Reviewed share of the drawn sample, and how much is needed. */
  readonly completion?: number
  readonly neededCompletion?: number
  /** Reviews needed in each stratum; a stratum smaller than that must be reviewed as a whole. */
  readonly reviewsPerStratum?: number
  /** False while the month may still change. */
  readonly isFinal?: boolean
}

export interface StratifiedVerdict {
  readonly verdict: ThreeWayVerdict
  /** Why the evidence itself does not allow a verdict; null where it does. */
  readonly reason: 'not_final' | 'reviews_missing' | 'too_few_reviews' | null
  readonly upper: number
  readonly lower: number
}

/**
 * Whether the share over strata lies within the limit, over it, or neither; no data is inconclusive, never pass.
 *
 * Formula: inconclusive where the evidence is not complete; else pass where moverUpper(alphaPass) <= limit, fail where
 * bonferroniLower(alphaFail) > limit, else inconclusive. With one stratum it is threeWayVerdict. Source: methods.md 1.4.
 *
 * Shares 0..1, alphas one-sided. Throws OversightError `internal` on impossible arguments.
 */
export function stratifiedVerdict(
  strata: readonly Stratum[],
  limit: number,
  { alphaPass = 0.05, alphaFail = 0.05, ...demands }: EvidenceDemands & { alphaPass?: number; alphaFail?: number } = {},
): StratifiedVerdict {
  checkInside(limit, 'limit', 'stratifiedVerdict')
  const upper = moverUpper(strata, alphaPass)
  const lower = bonferroniLower(strata, alphaFail)
  const reason = missing(strata, demands)
  const verdict = reason !== null ? 'inconclusive' : upper <= limit ? 'pass' : lower > limit ? 'fail' : 'inconclusive'
  return { verdict, reason, upper, lower }
}

function missing(strata: readonly Stratum[], demands: EvidenceDemands): StratifiedVerdict['reason'] {
  const { completion = 1, neededCompletion = 0.9, reviewsPerStratum = 1, isFinal = true } = demands
  if (!isFinal) return 'not_final'
  if (completion < neededCompletion) return 'reviews_missing'
  const weighted = weightStrata(strata, 'stratifiedVerdict')
  const isThin = weighted.some(({ population, sampled }) => sampled < Math.min(reviewsPerStratum, population))
  return isThin || weighted.length === 0 ? 'too_few_reviews' : null
}
