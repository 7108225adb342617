import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { systemClock } from '#governance/ledger/clock.ts'
import { approveStop } from '#governance/review/approve-stop.ts'
import { formatDay, formatInstant, formatMonth } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, readers, trailReaders } from '../access.server.ts'
import { Button } from '../components/button.tsx'
import { actionStatus, LevelMove, validityStatus } from '../components/decisions/decision-table.tsx'
import { DecisionVotes } from '../components/decisions/decision-votes.tsx'
import { FollowUpSection } from '../components/decisions/follow-up-section.tsx'
import { TextArea } from '../components/field.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { StatePanel } from '../components/review/state-panel.tsx'
import { SigningPassword } from '../components/signing-password.tsx'
import { Status } from '../components/status.tsx'
import { Tag } from '../components/tag.tsx'
import { decisionHref, kindWords } from '../decisions/decision-register.ts'
import { getDecisionRegister } from '../decisions.server.ts'
import { typeHref } from '../evidence/rows-href.ts'
import { fieldErrors } from '../form-errors.ts'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { refusal } from '../refusal.server.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { reviewTypeHref } from '../review-room.ts'
import { getScoreboard } from '../scoreboard.server.ts'
import { startSession } from '../session.server.ts'

export const handle: PageHandle = { nav: 'decisions', month: 'none' }
export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data ? `${data.decision.interactionType}, ${data.decision.action}` : 'Decision')

export const loader = guarded(readers, async ({ request, params, user }) => {
  const decision = (await getDecisionRegister()).find(({ id }) => id === params.id)
  if (decision === undefined) throw new OversightError('not_found', 'There is no such decision.')
  const { followUps } = await getScoreboard([decision])
  const isApprover = user.roles.includes('approver')
  return {
    decision,
    followUps: followUps.get(decision.id) ?? [],
    timeZone: await reportingTimeZone(),
    signer: user.name,
    mayApprove: isApprover && decision.signer.id !== user.id,
    barred: isApprover ? 'You made this stop, so another approver has to approve it.' : 'An approver looks at it here.',
    maySeeTrail: trailReaders.some((role) => user.roles.includes(role)),
    done: new URL(request.url).searchParams.get('done'),
  }
})

const approvalForm = z.object({
  reason: z.string().max(4000, 'At most 4000 characters.'),
  password: z.string('Give your password to sign.').min(1, 'Give your password to sign.'),
})

/** Approves a stop afterwards. */
export const action = guarded(['approver'], async ({ request, params, user }) => {
  const form = Object.fromEntries(await request.formData())
  const values = { reason: String(form.reason ?? '') }
  const parsed = approvalForm.safeParse(form)
  if (!parsed.success) return data({ values, errors: fieldErrors(parsed.error) }, { status: 400 })
  const decisionId = params.id ?? ''
  try {
    await approveStop(await ledger(), { ...parsed.data, decisionId, by: user.id }, systemClock())
  } catch (error) {
    return refusal(error, values)
  }
  return redirect(`${decisionHref(decisionId)}?done=approve`, {
    headers: { 'Set-Cookie': await startSession(request, user.id) },
  })
})

const doneWords: Readonly<Record<string, string>> = {
  stop: 'Stopped. The lower level is in force now. Another approver looks at it within two working days.',
  approve: 'Signed. The stop is approved.',
}

export default function DecisionPage() {
  const view = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { decision, timeZone } = view
  const { interactionType, month } = decision
  const done = answer === undefined && view.done !== null ? doneWords[view.done] : undefined
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/decisions">Decisions</Link>
        <span aria-hidden="true">/</span>
        <Link to={typeHref(interactionType)}>{interactionType}</Link>
      </nav>
      <div className="title">
        <h1>{interactionType}</h1>
        <Status {...actionStatus[decision.action]} />
        <LevelMove from={decision.fromLevel} to={decision.toLevel} ceiling={decision.ceiling} />
        <Status {...validityStatus[decision.validity]} />
        {decision.isOverride ? <Tag>Against the recommendation</Tag> : null}
      </div>
      <p className="lead">
        <strong>
          {decision.signer.name} {decision.meaning}.
        </strong>{' '}
        {decision.reason}
      </p>
      <div className="beside">
        <div className="stack">
          {done === undefined ? null : <Notice kind="pass">{done}</Notice>}
          <section aria-labelledby="facts">
            <div className="head">
              <h2 id="facts">What was signed</h2>
            </div>
            <dl className="facts record">
              <dt>How it came about</dt>
              <dd>
                {kindWords[decision.kind]}
                {month === null ? null : (
                  <>
                    , evidence of <Link to={reviewTypeHref(month, interactionType)}>{formatMonth(month)}</Link>
                  </>
                )}
              </dd>
              <dt>Signed</dt>
              <dd>
                {formatInstant(decision.decidedAt, timeZone)} by {decision.signer.name}, {decision.signer.role}
              </dd>
              <dt>In effect since</dt>
              <dd>{formatInstant(decision.effectiveAt, timeZone)}</dd>
              <dt>Valid until</dt>
              <dd>{formatDay(decision.validUntil, timeZone)}</dd>
              <dt>Policy</dt>
              <dd>
                <Link to={`/policy?version=${decision.policyVersion}`}>Version {decision.policyVersion}</Link>
              </dd>
              <dt>Evidence</dt>
              <dd>
                {decision.evidenceHash === null ? (
                  <span className="quiet">No frozen evidence: the signature states a fact and asks no gate.</span>
                ) : (
                  <span className="hash">sha256 {decision.evidenceHash.match(/.{1,8}/g)?.join(' ')}</span>
                )}
              </dd>
              <dt>Audit trail</dt>
              <dd>
                {decision.seq === null ? (
                  <Status kind="fail" word="Its event is missing" />
                ) : view.maySeeTrail ? (
                  <>
                    <Link to={`/audit?object=decision:${encodeURIComponent(decision.id)}`}>Event {decision.seq}</Link>,{' '}
                    <Link to={`/audit/receipts/${decision.seq}`} reloadDocument>
                      download the receipt
                    </Link>
                  </>
                ) : (
                  `Event ${decision.seq}`
                )}
              </dd>
            </dl>
          </section>
          {view.followUps.length === 0 ? null : (
            <FollowUpSection
              decisionId={decision.id}
              interactionType={decision.interactionType}
              followUps={view.followUps}
            />
          )}
          {decision.votes.length === 0 ? null : <DecisionVotes decision={decision} timeZone={timeZone} />}
        </div>
        {decision.kind === 'stop' ? <StopPanel view={view} answer={answer} /> : null}
      </div>
    </Page>
  )
}

type View = ReturnType<typeof useLoaderData<typeof loader>>
type Answer = ReturnType<typeof useActionData<typeof action>>

function StopPanel({ view, answer }: { view: View; answer: Answer }) {
  const { decision, timeZone } = view
  const { stopApproval, approvalDueAt } = decision
  if (stopApproval !== null) {
    return (
      <StatePanel
        title="Approved afterwards"
        facts={[
          { term: 'By', text: stopApproval.approver.name },
          { term: 'Signed', text: formatInstant(stopApproval.approvedAt, timeZone) },
        ]}
      >
        {stopApproval.reason === '' ? <p>No remark.</p> : <p>{stopApproval.reason}</p>}
      </StatePanel>
    )
  }
  const due = approvalDueAt === null ? 'soon' : `by ${formatInstant(approvalDueAt, timeZone)}`
  if (!view.mayApprove) {
    return (
      <StatePanel title="Waits for a second approver">
        <p>
          {view.barred} Due {due}. The stop stays in force meanwhile.
        </p>
      </StatePanel>
    )
  }
  const errors = answer?.errors
  return (
    <Form method="post" className="sign" aria-labelledby="panel" noValidate>
      <div>
        <h2 id="panel">Approve this stop</h2>
        <p className="soft">
          {decision.signer.name} reduced {decision.interactionType} at once. Due {due}. Whoever disagrees leaves it and
          proposes another level in the next review.
        </p>
        {errors?.form ? (
          <div className="gap">
            <Notice kind="fail">{errors.form}</Notice>
          </div>
        ) : null}
        <div className="gap">
          <TextArea
            label="Remark"
            name="reason"
            rows={3}
            maxLength={4000}
            defaultValue={answer?.values.reason}
            error={errors?.fields.reason}
            hint="Not required. No names of customers."
          />
        </div>
      </div>
      <div>
        <p className="meaning">
          You sign as <b>{view.signer}</b>: <q>approved the stop of {decision.interactionType} afterwards</q>.
        </p>
        <SigningPassword error={errors?.fields.password} />
        <Button look="primary">Sign</Button>
        <p className="fine">Goes into the audit trail, with a receipt.</p>
      </div>
    </Form>
  )
}
