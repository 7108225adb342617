import { formatDay, formatInstant } from '#models/format-metric.ts'
import type { FormErrors } from '../../form-errors.ts'
import { actionWords } from '../../review-room.ts'
import type { ReviewTypePageView } from '../../review-type-page.server.ts'
import { BaselinePanel } from './baseline-panel.tsx'
import { CasesPanel } from './cases-panel.tsx'
import { ProposePanel } from './propose-panel.tsx'
import { StatePanel } from './state-panel.tsx'
import { VotePanel } from './vote-panel.tsx'

/** What a form of this page answered when it was refused. */
interface ReviewTypeAnswer {
  intent: string
  values: Readonly<Record<string, string>>
  errors: FormErrors
}

interface DecidePanelProps {
  view: ReviewTypePageView
  answer: ReviewTypeAnswer | undefined
}

/** The next step of the decision: sign the first level, propose, vote, or what was decided. */
export function DecidePanel({ view, answer }: DecidePanelProps) {
  const { decision, ballot } = view
  const errorsOf = (intent: string) => (answer?.intent === intent ? answer.errors : undefined)
  const valuesOf = (intent: string) => (answer?.intent === intent ? answer.values : {})
  if (decision !== null) {
    return (
      <StatePanel
        title={`Decided: ${actionWords[decision.action === 'baseline' ? 'keep' : decision.action].toLowerCase()}`}
        receiptHref={view.decisionReceipt}
        facts={[
          { term: 'Signed by', text: `${decision.signer.name}, ${decision.signer.role}` },
          { term: 'Signed', text: formatInstant(decision.decidedAt, view.timeZone) },
          { term: 'In effect since', text: formatInstant(decision.effectiveAt, view.timeZone) },
          { term: 'Valid until', text: formatDay(decision.validUntil, view.timeZone) },
        ]}
      >
        <p>
          {decision.signer.name} <q>{decision.meaning}</q>.
        </p>
        {decision.reason === '' ? null : <p className="gap">{decision.reason}</p>}
      </StatePanel>
    )
  }
  if (!view.isOpen) {
    return (
      <StatePanel title="Closed">
        <p>This review is closed. The next one opens when the next month is final.</p>
      </StatePanel>
    )
  }
  if (view.needsBaseline && view.proposals.every((proposal) => proposal.state !== 'open')) {
    if (view.baseline === null) {
      return (
        <StatePanel title="Level not set">
          <p>
            {view.isRegistered
              ? 'An approver signs the first level of this type here.'
              : 'This type was seen in the data but nobody registered it. It counts as led by people until an approver registers it here and signs its first level.'}
          </p>
        </StatePanel>
      )
    }
    return (
      <div className="panels">
        <BaselinePanel form={view.baseline} errors={errorsOf('baseline')} values={valuesOf('baseline')} />
        {view.options === null || !view.mayPropose ? null : (
          <details className="twin">
            <summary>Or decide this month without a level</summary>
            <ProposePanel options={view.options} errors={errorsOf('propose')} values={valuesOf('propose')} />
          </details>
        )}
      </div>
    )
  }
  if (ballot !== null && 'proposalId' in ballot) {
    return (
      <div className="panels">
        {view.cases === null ? null : (
          <CasesPanel
            cases={view.cases}
            isRequired={ballot.opensCases}
            timeZone={view.timeZone}
            errors={errorsOf('open-case')}
          />
        )}
        <VotePanel
          ballot={ballot}
          unopenedCount={view.cases?.unopenedCount ?? 0}
          errors={errorsOf('vote')}
          values={valuesOf('vote')}
        />
      </div>
    )
  }
  if (ballot !== null) {
    return (
      <StatePanel title="Waiting for votes">
        <p>{ballot.barred}</p>
      </StatePanel>
    )
  }
  if (view.options === null) {
    return (
      <StatePanel title="Nothing to decide yet">
        <p>The evidence is not frozen.</p>
      </StatePanel>
    )
  }
  if (!view.mayPropose) {
    return (
      <StatePanel title="No proposal yet">
        <p>A reviewer or approver proposes what to do; approvers then sign.</p>
      </StatePanel>
    )
  }
  return <ProposePanel options={view.options} errors={errorsOf('propose')} values={valuesOf('propose')} />
}
