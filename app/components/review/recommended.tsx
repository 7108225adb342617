import type { ReviewTypePageView } from '../../review-type-page.server.ts'
import { EmptyState } from '../state.tsx'
import { Status } from '../status.tsx'

/** What the rules say of the frozen evidence, in sentences. */
export function Recommended({ evidence }: Pick<ReviewTypePageView, 'evidence'>) {
  if (evidence === null) {
    return (
      <EmptyState title="The evidence is not frozen yet">
        <p>Whoever opened the review can read the newest data on the page of the month.</p>
      </EmptyState>
    )
  }
  const { recommendation } = evidence.evaluation
  const because = beyondTheGates(evidence.evaluation)
  return (
    <section className={`recommend ${recommendation}`} aria-labelledby="recommendation">
      <h2 id="recommendation">
        <Status kind={recommendation} word={evidence.description.headline} />
      </h2>
      <p className="lead">{evidence.description.lead}</p>
      {because.length === 0 ? null : (
        <ul className="because">
          {because.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What speaks for or against besides the gates, whose reasons stand beside them. */
function beyondTheGates(evaluation: NonNullable<ReviewTypePageView['evidence']>['evaluation']): string[] {
  const { recommendation, reasons, blockers, gates } = evaluation
  const said = new Set(gates.map((gate) => gate.reason))
  // Why it cannot expand matters where it is kept; a reduction speaks for itself.
  const all = recommendation === 'keep' ? [...reasons, ...blockers] : reasons
  return [...new Set(all)].filter((reason) => !said.has(reason))
}
