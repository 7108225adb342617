import { Link } from '@remix-run/react'
import { reviewHref, reviewTypeHref } from '../../review-room.ts'
import type { ReviewTypePageView } from '../../review-type-page.server.ts'

const chipCount = 5

interface SiblingsProps {
  siblings: ReviewTypePageView['siblings']
  month: string
  current: string
}

/** The other types of the month, the most urgent first. */
export function Siblings({ siblings, month, current }: SiblingsProps) {
  const left = siblings.filter((sibling) => !sibling.isDecided)
  // One row: the most urgent ones, and always the current one; the month's page lists all.
  const first = left.slice(0, chipCount).map((sibling) => sibling.interactionType)
  const shown = siblings.filter(({ interactionType }) => first.includes(interactionType) || interactionType === current)
  return (
    <nav className="chips" aria-label="Types in this review">
      {shown.map((sibling) => (
        <Link
          key={sibling.interactionType}
          className={sibling.interactionType === current ? 'chip on' : 'chip'}
          aria-current={sibling.interactionType === current ? 'page' : undefined}
          to={reviewTypeHref(month, sibling.interactionType)}
          title={sibling.standing}
        >
          {sibling.interactionType} <b>{sibling.word}</b>
        </Link>
      ))}
      {siblings.length === shown.length ? null : (
        <Link className="chip rest" to={reviewHref(month)}>
          +{siblings.length - shown.length} more
        </Link>
      )}
      <span className="end">
        <Link to={reviewHref(month)}>
          {left.length} open, {siblings.length - left.length} decided
        </Link>
      </span>
    </nav>
  )
}
