import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { systemClock } from '#governance/ledger/clock.ts'
import { approvePolicy } from '#governance/policy/approve-policy.ts'
import { withdrawPolicy } from '#governance/policy/withdraw-policy.ts'
import { countOf, formatInstant } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { ButtonLink } from '../components/button.tsx'
import { CsvLink } from '../components/csv-link.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { PagePart } from '../components/page-part.tsx'
import { BackTestSection } from '../components/policy/back-test-section.tsx'
import { ChangeTable } from '../components/policy/change-table.tsx'
import { DraftPanel } from '../components/policy/draft-panel.tsx'
import { draftStates } from '../components/policy/draft-states.ts'
import { QuorumNotice } from '../components/policy/quorum-notice.tsx'
import { EmptyState } from '../components/state.tsx'
import { Status } from '../components/status.tsx'
import { fieldErrors } from '../form-errors.ts'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { pagePart } from '../page-part.server.ts'
import { backTestView } from '../policy/back-test-view.ts'
import { draftHref, newDraftHref } from '../policy/draft-hrefs.ts'
import { policyChanges } from '../policy/policy-changes.ts'
import { approvalObstacle, backTestDraft, getDraft, quorumWarningsToday } from '../policy-draft.server.ts'
import { refusal } from '../refusal.server.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { startSession } from '../session.server.ts'

export const handle: PageHandle = { nav: 'policy', month: 'none' }
export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data ? `Draft of policy ${data.draft.policy.version}` : 'Draft of a policy')

export const loader = guarded(readers, async ({ request, params, user }) => {
  const found = await getDraft(params.draft ?? '')
  const { draft, before, current } = found
  const isOpen = draft.state === 'open'
  return {
    draft,
    changes: policyChanges(before, draft.policy),
    follows: before.version,
    backTest: await pagePart('back-test', async () => {
      const rows = await backTestDraft(found)
      return rows.length === 0 ? null : backTestView(rows)
    }),
    quorumWarnings: isOpen ? await quorumWarningsToday(draft.policy) : [],
    requiredApprovals: before.quorum.expand,
    obstacle: isOpen ? await approvalObstacle(draft, current, user) : null,
    signer: `${user.name}, approver`,
    mayWithdraw:
      isOpen && (user.roles.includes('approver') || (draft.author.id === user.id && user.roles.includes('reviewer'))),
    mayDraft: user.roles.some((role) => role === 'approver' || role === 'reviewer'),
    done: new URL(request.url).searchParams.get('done'),
    timeZone: await reportingTimeZone(),
  }
})

const approvalForm = z.object({
  contentHash: z.string('The draft is missing. Load the page again.'),
  password: z.string('Give your password to sign.').min(1, 'Give your password to sign.'),
})
const withdrawalForm = z.object({
  withdrawalReason: z.string().trim().min(1, 'Say why it is taken back.').max(4000, 'At most 4000 characters.'),
})

/** Approving needs an approver, taking back its author or an approver: the use cases check, inside their transaction. */
export const action = guarded(readers, async ({ request, params, user }) => {
  const form = Object.fromEntries(await request.formData())
  const draftId = params.draft ?? ''
  const intent = form.intent === 'withdraw' ? 'withdraw' : 'approve'
  const values = { intent, withdrawalReason: String(form.withdrawalReason ?? '') }
  const schema = intent === 'withdraw' ? withdrawalForm : approvalForm
  const parsed = schema.safeParse(form)
  if (!parsed.success) return data({ values, errors: fieldErrors(parsed.error) }, { status: 400 })
  try {
    const open = await ledger()
    if ('withdrawalReason' in parsed.data) {
      const { withdrawalReason: reason } = parsed.data
      await withdrawPolicy(open, { draftId, reason, by: user.id }, systemClock())
      return redirect(`${draftHref(draftId)}?done=withdraw`)
    }
    const signature = { ...parsed.data, draftId, reportingTimeZone: await reportingTimeZone(), by: user.id }
    const { published } = await approvePolicy(open, signature, systemClock())
    return redirect(`${draftHref(draftId)}?done=${published === null ? 'approve' : 'publish'}`, {
      headers: { 'Set-Cookie': await startSession(request, user.id) },
    })
  } catch (error) {
    return refusal(error, values)
  }
})

const doneWords: Readonly<Record<string, string>> = {
  draft: 'Submitted. Approvers other than you sign it now.',
  approve: 'Signed. Your approval is in the audit trail; others have to follow.',
  publish: 'Signed and published. It applies to the evidence of the next month.',
  withdraw: 'Taken back. Another draft can be made.',
}

export default function Draft() {
  const view = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { draft, timeZone } = view
  const state = draftStates[draft.state]
  const said = answer === undefined && view.done !== null ? doneWords[view.done] : undefined
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/policy">Policy</Link>
      </nav>
      <div className="title">
        <h1>Draft of policy {draft.policy.version}</h1>
        <Status kind={state.kind} word={state.word} />
      </div>
      <p className="lead">
        <strong>
          {draft.author.name} proposes to change {countOf(view.changes.length, 'value')} of policy {view.follows}.
        </strong>{' '}
        {draft.reason}
      </p>
      <div className="room">
        <div className="stack">
          {said === undefined ? null : <Notice kind="pass">{said}</Notice>}
          <section aria-labelledby="changes">
            <div className="head">
              <h2 id="changes">What changes</h2>
              <p>
                Drafted {formatInstant(draft.draftedAt, timeZone)}.{' '}
                <CsvLink to={`${draftHref(draft.id)}/changes.csv`} what="changes" />
              </p>
            </div>
            <QuorumNotice warnings={view.quorumWarnings} />
            <ChangeTable changes={view.changes} />
          </section>
        </div>
        <div className="panels">
          <DraftPanel
            draft={draft}
            requiredApprovals={view.requiredApprovals}
            obstacle={view.obstacle}
            signer={view.signer}
            mayWithdraw={view.mayWithdraw}
            timeZone={timeZone}
            answer={answer}
          />
          {view.mayDraft ? (
            <ButtonLink to={newDraftHref(draft.id)}>Start another draft from this one</ButtonLink>
          ) : null}
        </div>
      </div>
      <PagePart part={view.backTest} what="The back-test">
        {(backTest) =>
          backTest === null ? (
            <EmptyState title="Nothing to back-test on">
              <p>No data has been loaded yet.</p>
            </EmptyState>
          ) : (
            <BackTestSection view={backTest} csvHref={`${draftHref(draft.id)}/backtest.csv`} />
          )
        }
      </PagePart>
    </Page>
  )
}
