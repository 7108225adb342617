import { checkCounts, checkInside, checkShare } from './check-arguments.ts'
import { clopperPearsonUpper } from './clopper-pearson.ts'
import { manskiBounds } from './manski-bounds.ts'

export interface MissingReviews {
  /** Reviewed share of the sample. */
  readonly completion: number
  readonly isComplete: boolean
  /** Share of defects among the reviewed, null where none was, and its exact upper bound. */
  readonly reviewedShare: number | null
  readonly reviewedUpper: number
  /** If every item that was not reviewed were a defect: count, share, exact upper bound. */
  readonly worstDefects: number
  readonly worstShare: number
  readonly worstUpper: number
  /** If none of them were. */
  readonly bestShare: number
}

/**
 * What reviews that were drawn but not done may hide. They are not missing at random: hard ones are skipped.
 *
 * Formula: worst case k + (sampled - reviewed), best case k, both of `sampled`; bounds Clopper-Pearson, one-sided
 * `alpha`. Source: Manski 1989; methods.md 1.5.
 *
 * Null where nothing was sampled. Throws OversightError `internal` on impossible counts.
 */
export function missingReviews(
  counts: { readonly sampled: number; readonly reviewed: number; readonly defects: number },
  alpha = 0.05,
  neededCompletion = 0.9,
): MissingReviews | null {
  const { sampled, reviewed, defects } = counts
  checkCounts(reviewed, sampled, 'missingReviews')
  checkCounts(defects, reviewed, 'missingReviews')
  checkInside(alpha, 'alpha', 'missingReviews')
  checkShare(neededCompletion, 'neededCompletion', 'missingReviews')
  if (sampled === 0) return null
  const worstDefects = defects + sampled - reviewed
  const possible = manskiBounds(defects, reviewed, sampled)
  const completion = reviewed / sampled
  return {
    completion,
    isComplete: completion >= neededCompletion,
    reviewedShare: reviewed === 0 ? null : defects / reviewed,
    reviewedUpper: clopperPearsonUpper(defects, reviewed, alpha),
    worstDefects,
    worstShare: possible.upper,
    worstUpper: clopperPearsonUpper(worstDefects, sampled, alpha),
    bestShare: possible.lower,
  }
}
