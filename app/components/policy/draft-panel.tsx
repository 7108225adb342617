import { Form } from '@remix-run/react'
import type { PolicyDraft } from '#governance/policy/list-policy-drafts.ts'
import { countOf, formatInstant } from '#models/format-metric.ts'
import type { FormErrors } from '../../form-errors.ts'
import { Button } from '../button.tsx'
import { TextField } from '../field.tsx'
import { Notice } from '../notice.tsx'
import { SigningPassword } from '../signing-password.tsx'

interface DraftPanelProps {
  draft: PolicyDraft
  requiredApprovals: number
  /** Why this person may not approve; null when they may, or nobody can any more. */
  obstacle: string | null
  signer: string
  mayWithdraw: boolean
  timeZone: string
  answer: { values: { intent: string; withdrawalReason: string }; errors: FormErrors } | undefined
}

/** The approvals of a draft, the signature, and the way back. */
export function DraftPanel(props: DraftPanelProps) {
  const { draft, requiredApprovals, obstacle, signer, mayWithdraw, timeZone, answer } = props
  const errorsOf = (intent: string) => (answer?.values.intent === intent ? answer.errors : undefined)
  const [approving, withdrawing] = [errorsOf('approve'), errorsOf('withdraw')]
  const { version } = draft.policy
  return (
    <div className="sign">
      <div>
        <h2 id="panel">
          {draft.approvals.length} of {countOf(requiredApprovals, 'approval')}
        </h2>
        {draft.approvals.length === 0 ? <p className="soft">Nobody approved it yet.</p> : null}
        <dl className="facts">
          {draft.approvals.map(({ id, name, signedAt }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd>{formatInstant(signedAt, timeZone)}</dd>
            </div>
          ))}
        </dl>
        {draft.withdrawal === null ? null : (
          <p className="soft gap">
            Taken back by {draft.withdrawal.by}, {formatInstant(draft.withdrawal.at, timeZone)}:{' '}
            {draft.withdrawal.reason}
          </p>
        )}
        <p className="hash gap">sha256 {draft.contentHash.match(/.{1,8}/g)?.join(' ')}</p>
      </div>
      {draft.state !== 'open' ? null : obstacle !== null ? (
        <div>
          <p className="soft">{obstacle}</p>
        </div>
      ) : (
        <Form method="post" aria-labelledby="panel" noValidate>
          <p className="meaning">
            You sign as <b>{signer}</b>: <q>approved policy version {version}</q>. The last signature publishes it, for
            the evidence of the next month on.
          </p>
          {approving?.form ? (
            <div className="gap">
              <Notice kind="fail">{approving.form}</Notice>
            </div>
          ) : null}
          <input type="hidden" name="contentHash" value={draft.contentHash} />
          <SigningPassword error={approving?.fields.password} />
          <Button look="primary" name="intent" value="approve">
            Approve and sign
          </Button>
          <p className="fine">To say no, take it back with a reason: nobody can approve it afterwards.</p>
        </Form>
      )}
      {mayWithdraw ? (
        <details className="twin" open={withdrawing !== undefined}>
          <summary>Take this draft back</summary>
          <Form method="post" className="form withdraw" noValidate>
            <TextField
              label="Why it is taken back"
              name="withdrawalReason"
              maxLength={4000}
              defaultValue={withdrawing === undefined ? '' : answer?.values.withdrawalReason}
              error={withdrawing?.fields.withdrawalReason ?? withdrawing?.form ?? undefined}
              required
            />
            <Button look="danger" name="intent" value="withdraw">
              Take it back
            </Button>
          </Form>
        </details>
      ) : null}
    </div>
  )
}
