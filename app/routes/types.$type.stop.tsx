import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { levelBelow } from '#governance/evaluate/levels.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { levelWords as signedWords } from '#governance/levels/level-words.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { findRegisteredType } from '#governance/registry/list-registered-types.ts'
import { getCurrentPolicy } from '#governance/review/published-policy.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { countOf, formatInstant } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, readers } from '../access.server.ts'
import { Button, ButtonLink } from '../components/button.tsx'
import { LevelMove } from '../components/decisions/decision-table.tsx'
import { PendingStops } from '../components/decisions/pending-stops.tsx'
import { TextArea } from '../components/field.tsx'
import { levelWords, meaningInSentence } from '../components/level-glyph.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { SigningPassword } from '../components/signing-password.tsx'
import { State } from '../components/state.tsx'
import { decisionHref } from '../decisions/decision-register.ts'
import { getDecisionRegister } from '../decisions.server.ts'
import { typeHref } from '../evidence/rows-href.ts'
import { fieldErrors } from '../form-errors.ts'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { refusal } from '../refusal.server.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { judgeOpenReviewsAgain } from '../review-room.server.ts'
import { startSession } from '../session.server.ts'

export const handle: PageHandle = { nav: 'types', month: 'none' }
export const meta: MetaFunction = ({ params }) => pageTitle(`Stop ${params.type}`)

export const loader = guarded(readers, async ({ params, user }) => {
  const interactionType = params.type ?? ''
  const open = await ledger()
  const registration = await findRegisteredType(open, interactionType)
  const levels = await listLevelsInForce(open)
  const inForce = levels.find((row) => row.interaction_type === interactionType && row.effective_to === null)
  if (registration === undefined && inForce === undefined) {
    throw new OversightError('not_found', `No registered interaction type is called "${interactionType}".`)
  }
  const isApprover = user.roles.includes('approver')
  const { validityMonths } = await getCurrentPolicy(open.db)
  const decisions = await getDecisionRegister()
  return {
    interactionType,
    level: inForce?.oversight_level ?? null,
    levelSince: inForce?.effective_from ?? null,
    ceiling: registration?.ceiling ?? null,
    target: (inForce && levelBelow(inForce.oversight_level)) ?? null,
    ownerName: registration?.ownerName ?? null,
    mayStop: isApprover || registration?.ownerId === user.id,
    signer: `${user.name}, ${isApprover ? 'approver' : 'type owner'}`,
    isApprover,
    validityMonths,
    pending: decisions.filter((decision) => decision.isPending && decision.interactionType === interactionType),
    timeZone: await reportingTimeZone(),
  }
})

const stopForm = z.object({
  reason: z.string().trim().min(1, 'Say why it cannot wait for the next review.').max(4000, 'At most 4000 characters.'),
  password: z.string('Give your password to sign.').min(1, 'Give your password to sign.'),
})

/** Any approver or the owner of the type, which the use case checks inside its transaction. */
export const action = guarded(readers, async ({ request, params, user }) => {
  const form = Object.fromEntries(await request.formData())
  const values = { reason: String(form.reason ?? '') }
  const parsed = stopForm.safeParse(form)
  if (!parsed.success) return data({ values, errors: fieldErrors(parsed.error) }, { status: 400 })
  const interactionType = params.type ?? ''
  try {
    const { decision } = await stopType(await ledger(), { ...parsed.data, interactionType, by: user.id }, systemClock())
    await judgeOpenReviewsAgain(interactionType)
    return redirect(`${decisionHref(decision.id)}?done=stop`, {
      headers: { 'Set-Cookie': await startSession(request, user.id) },
    })
  } catch (error) {
    return refusal(error, values)
  }
})

export default function StopType() {
  const view = useLoaderData<typeof loader>()
  const { interactionType, level, target, timeZone } = view
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/types">Interaction types</Link>
        <span aria-hidden="true">/</span>
        <Link to={typeHref(interactionType)}>{interactionType}</Link>
      </nav>
      <div className="title">
        <h1>Stop {interactionType}</h1>
        <LevelMove from={level} to={target ?? level} ceiling={view.ceiling} />
      </div>
      <p className="lead">
        <strong>A stop reduces what the AI may do by one level, at once, on one signature.</strong> It does not wait for
        the monthly review; another approver looks at it within two working days.
      </p>
      <PendingStops stops={view.pending} timeZone={timeZone} mayApprove={view.isApprover} />
      <section aria-label="Stop">
        <StopPanel />
      </section>
    </Page>
  )
}

function StopPanel() {
  const view = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { interactionType, level, target, levelSince, timeZone } = view
  const back = <ButtonLink to={typeHref(interactionType)}>Back to {interactionType}</ButtonLink>
  if (level === null) {
    return (
      <State icon="unregistered" title="Level not set" actions={back}>
        <p>No level is in force, so the type counts as led by people and there is nothing to stop.</p>
      </State>
    )
  }
  if (target === null) {
    return (
      <State icon="none" title="There is nothing to stop" actions={back}>
        <p>
          {levelWords[level]} is the lowest level: {meaningInSentence(level)}
        </p>
      </State>
    )
  }
  if (!view.mayStop) {
    return (
      <State icon="none" title="You may not stop this type" actions={back}>
        <p>
          Any approver may, and the owner of the type
          {view.ownerName === null ? '' : `, ${view.ownerName}`}. If customers are being harmed, call one of them now.
        </p>
      </State>
    )
  }
  const errors = answer?.errors
  return (
    <Form method="post" className="sign alone" aria-labelledby="panel" noValidate>
      <div>
        <h2 id="panel">Stop: reduce now</h2>
        <p className="soft">
          From {levelWords[level].toLowerCase()}
          {levelSince === null ? '' : `, in force since ${formatInstant(levelSince, timeZone)},`} to{' '}
          <b>{levelWords[target].toLowerCase()}</b>: {meaningInSentence(target)}
        </p>
        {errors?.form ? (
          <div className="gap">
            <Notice kind="fail">{errors.form}</Notice>
          </div>
        ) : null}
        <div className="gap">
          <TextArea
            label="Reason"
            name="reason"
            rows={3}
            maxLength={4000}
            defaultValue={answer?.values.reason}
            error={errors?.fields.reason}
            hint="What happened, and why it cannot wait. No names of customers."
            required
          />
        </div>
      </div>
      <div>
        <dl className="facts">
          <div>
            <dt>Takes effect</dt>
            <dd>at once</dd>
          </div>
          <div>
            <dt>Approved afterwards</dt>
            <dd>by another approver, within 2 working days</dd>
          </div>
          <div>
            <dt>Valid for</dt>
            <dd>{countOf(view.validityMonths, 'month')}, then to be renewed</dd>
          </div>
          <div>
            <dt>To come back</dt>
            <dd>expand in a monthly review</dd>
          </div>
        </dl>
      </div>
      <div>
        <p className="meaning">
          You sign as <b>{view.signer}</b>:{' '}
          <q>
            stopped {interactionType}: reduced it to {signedWords[target]} at once
          </q>
          .
        </p>
        <SigningPassword error={errors?.fields.password} />
        <Button look="danger">Stop {interactionType} now</Button>
        <p className="fine">Goes into the audit trail, with a receipt for you.</p>
      </div>
    </Form>
  )
}
