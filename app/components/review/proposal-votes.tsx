import { Form } from '@remix-run/react'
import { countOf, formatInstant } from '#models/format-metric.ts'
import type { FormErrors } from '../../form-errors.ts'
import type { ProposalView } from '../../review-type-view.ts'
import { Button } from '../button.tsx'
import { TextField } from '../field.tsx'
import { Tag } from '../tag.tsx'
import { VotesTable } from './votes-table.tsx'

const stateWords: Readonly<Record<ProposalView['state'], string>> = {
  open: 'takes votes',
  decided: 'decided',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  stale: 'stale: the evidence changed, approvals lapsed',
}

interface ProposalVotesProps {
  proposal: ProposalView
  timeZone: string
  /** Of its withdrawal. */
  errors: FormErrors | undefined
}

/** One proposal with its votes, as far as they may be seen, and the form that takes it back. */
export function ProposalVotes({ proposal, timeZone, errors }: ProposalVotesProps) {
  return (
    <div className="proposal">
      <div className="head">
        <h3>
          To {proposal.what} {proposal.isOverride ? <Tag>Against the recommendation</Tag> : null}
        </h3>
        <p>
          {proposal.approvals === null
            ? `Needs ${countOf(proposal.requiredApprovals, 'approval')}, ${stateWords[proposal.state]}. Votes stay hidden until you cast yours or it is decided.`
            : `${proposal.approvals} of ${countOf(proposal.requiredApprovals, 'approval')}, ${stateWords[proposal.state]}.`}
          {proposal.needsQuorum && proposal.state === 'open' ? ' Any rejection blocks.' : ''}
        </p>
      </div>
      <VotesTable proposal={proposal} timeZone={timeZone} />
      {proposal.tripWires.length === 0 ? null : (
        <p className="soft gap">Steps down by itself, once decided, when {proposal.tripWires.join('; or ')}.</p>
      )}
      {proposal.withdrawal === null ? null : (
        <p className="soft gap">
          Withdrawn {formatInstant(proposal.withdrawal.at, timeZone)}: {proposal.withdrawal.reason}
        </p>
      )}
      {proposal.mayWithdraw ? (
        <details className="twin" open={errors !== undefined}>
          <summary>Withdraw this proposal</summary>
          <Form method="post" className="form withdraw" noValidate>
            <input type="hidden" name="proposalId" value={proposal.id} />
            <TextField
              label="Why it is taken back"
              name="withdrawalReason"
              maxLength={4000}
              error={errors?.fields.withdrawalReason ?? errors?.form ?? undefined}
              required
            />
            <div className="actions">
              <Button look="danger" name="intent" value="withdraw">
                Withdraw
              </Button>
            </div>
          </Form>
        </details>
      ) : null}
    </div>
  )
}
