import type { OpenDecision } from '../../evidence/review-progress.ts'
import { ButtonLink } from '../button.tsx'
import { PageLink } from '../page-link.tsx'
import { Status } from '../status.tsx'

const shown = 6

/** What is still to decide: recommendation, one reason, votes, one button. Beyond six, the rest folds away. */
export function DecisionList({ decisions }: { decisions: readonly OpenDecision[] }) {
  const rest = decisions.slice(shown)
  return (
    <>
      <ul className="rows decide">
        {decisions.slice(0, shown).map((decision) => (
          <DecisionItem key={decision.interactionType} decision={decision} />
        ))}
      </ul>
      {rest.length === 0 ? null : (
        <details className="more">
          <summary>{rest.length} more</summary>
          <ul className="rows decide">
            {rest.map((decision) => (
              <DecisionItem key={decision.interactionType} decision={decision} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function DecisionItem({ decision }: { decision: OpenDecision }) {
  const { interactionType, recommendation, reason, votes, href } = decision
  return (
    <li>
      <Status kind={recommendation} />
      <div>
        <h3>
          <PageLink to={href}>{interactionType}</PageLink>
        </h3>
        <p>{reason}</p>
      </div>
      <span className="votes">{votes}</span>
      <ButtonLink to={href} size="small" aria-label={`Review ${interactionType}`}>
        Review
      </ButtonLink>
    </li>
  )
}
