import { Form } from '@remix-run/react'
import type { FormErrors } from '../../form-errors.ts'
import type { Ballot } from '../../review-type-view.ts'
import { Button } from '../button.tsx'
import { FieldError, TextArea } from '../field.tsx'
import { Notice } from '../notice.tsx'
import { SigningPassword } from '../signing-password.tsx'
import { Choice } from './choice.tsx'
import { EvidenceHash } from './evidence-hash.tsx'

interface VotePanelProps {
  ballot: Ballot
  /** Failed contacts that have to be opened before the vote counts. */
  unopenedCount: number
  errors: FormErrors | undefined
  values: Readonly<Record<string, string>>
}

/** The signature: what it means, what it does, what it was made on, and the password again. */
export function VotePanel({ ballot, unopenedCount, errors, values }: VotePanelProps) {
  return (
    <Form method="post" className="sign" aria-labelledby="panel" noValidate>
      <div>
        <h2 id="panel">Your decision</h2>
        <p className="soft">
          {ballot.proposer} proposes to <b>{ballot.proposed}</b>. It needs
          {'\u00a0'}
          {ballot.requiredApprovals} {ballot.requiredApprovals === 1 ? 'approval' : 'approvals'}. You see how others
          voted once you have signed.
        </p>
        {errors?.form ? (
          <div className="gap">
            <Notice kind="fail">{errors.form}</Notice>
          </div>
        ) : null}
        <input type="hidden" name="proposalId" value={ballot.proposalId} />
        <input type="hidden" name="evidenceHash" value={ballot.evidence.hash} />
        <fieldset className="gap">
          <legend className="hidden">Vote</legend>
          {ballot.choices.map((choice) => (
            <Choice
              key={choice.vote}
              name="vote"
              value={choice.vote}
              isChosen={values.vote === choice.vote}
              isBarred={choice.obstacle !== null}
              label={<b>{choice.verb}</b>}
              note={
                choice.obstacle ?? (
                  <>
                    Signing means: <q>{choice.meaning}</q>. {choice.effect}
                  </>
                )
              }
            />
          ))}
          <FieldError id="vote-error" message={errors?.fields.vote} />
        </fieldset>
        <div className="gap">
          <TextArea
            label="Reason"
            name="reason"
            rows={3}
            maxLength={4000}
            defaultValue={values.reason}
            error={errors?.fields.reason}
            hint="Required to reject and to abstain. No names of customers."
          />
        </div>
      </div>
      <div>
        <dl className="facts">
          {ballot.effects.map((effect) => (
            <div key={effect.term}>
              <dt>{effect.term}</dt>
              <dd>{effect.text}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div>
        <p className="meaning">
          You sign as <b>{ballot.signer}</b>.
        </p>
        <EvidenceHash {...ballot.evidence} />
        <SigningPassword error={errors?.fields.password} />
        {unopenedCount === 0 ? null : (
          <div className="gap">
            <Notice kind="inconclusive">
              Open the failed contacts above first, {unopenedCount} {unopenedCount === 1 ? 'is' : 'are'} left.
            </Notice>
          </div>
        )}
        <Button look="primary" name="intent" value="vote" disabled={unopenedCount > 0}>
          Sign
        </Button>
        <p className="fine">
          Goes into the audit trail. You get a receipt that can be checked offline. If the evidence changes before the
          vote ends, all approvals lapse.
        </p>
      </div>
    </Form>
  )
}
