import { benjaminiHochberg } from './benjamini-hochberg.ts'
import { checkInside } from './check-arguments.ts'
import { fisherExact } from './fisher-exact.ts'

export interface ReviewerCounts {
  readonly reviewer: string
  readonly reviews: number
  readonly defects: number
}

export interface ReviewerLeniency extends ReviewerCounts {
  /** Share of defects among all other reviewers' reviews, null where they made none. */
  readonly othersShare: number | null
  readonly pValue: number
  /** Adjusted for asking about every reviewer at once. */
  readonly adjustedP: number
  readonly isFlagged: boolean
  /** Which way the reviewer differs; null where not at all. */
  readonly direction: 'lenient' | 'strict' | null
}

/**
 * Which reviewers find fewer or more defects than the others? Items must have been assigned at random.
 *
 * Formula: Fisher's exact test of each reviewer against all others together, Benjamini-Hochberg over reviewers, flagged
 * at adjusted p <= q. Source: methods.md 7; Fisher 1935; Benjamini & Hochberg 1995. For the calibration lead, to train
 * and re-align; never a rating of a person's work.
 *
 * Result in the order of the input. Throws OversightError `internal` on impossible counts.
 */
export function reviewerLeniency(reviewers: readonly ReviewerCounts[], q = 0.05): ReviewerLeniency[] {
  checkInside(q, 'q', 'reviewerLeniency')
  const allReviews = reviewers.reduce((sum, { reviews }) => sum + reviews, 0)
  const allDefects = reviewers.reduce((sum, { defects }) => sum + defects, 0)
  const pValues = reviewers.map(({ reviews, defects }) =>
    fisherExact(defects, reviews, allDefects - defects, allReviews - reviews),
  )
  const adjusted = benjaminiHochberg(pValues)
  return reviewers.map((counts, index) => {
    const others = allReviews - counts.reviews
    const othersShare = others === 0 ? null : (allDefects - counts.defects) / others
    const adjustedP = adjusted[index] ?? 1
    return {
      ...counts,
      othersShare,
      pValue: pValues[index] ?? 1,
      adjustedP,
      isFlagged: adjustedP <= q,
      direction: directionOf(counts, othersShare),
    }
  })
}

function directionOf({ reviews, defects }: ReviewerCounts, othersShare: number | null): 'lenient' | 'strict' | null {
  if (reviews === 0 || othersShare === null || defects / reviews === othersShare) return null
  return defects / reviews < othersShare ? 'lenient' : 'strict'
}
