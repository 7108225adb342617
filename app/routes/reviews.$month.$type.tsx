import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { listUsers } from '#governance/accounts/list-users.ts'
import { listAuditEvents } from '#governance/audit/list-audit-events.ts'
import { describeEvaluation } from '#governance/evaluate/describe-evaluation.ts'
import { findReview } from '#governance/review/find-review.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { findPolicy } from '#governance/review/published-policy.ts'
import { countWord, formatDay, formatInstant, formatMonth } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import { monthsEndingWith, parseMonth } from '#models/reporting-month.ts'
import { guarded, isOversightError, readers, statusOf, trailReaders } from '../access.server.ts'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { GatesTable } from '../components/gates-table.tsx'
import { LevelGlyph } from '../components/level-glyph.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { BaselinePanel } from '../components/review/baseline-panel.tsx'
import { ProposePanel } from '../components/review/propose-panel.tsx'
import { ReviewSteps } from '../components/review/review-steps.tsx'
import { StatePanel } from '../components/review/state-panel.tsx'
import { VotePanel } from '../components/review/vote-panel.tsx'
import { VotesTable } from '../components/review/votes-table.tsx'
import { EmptyState } from '../components/state.tsx'
import { Status } from '../components/status.tsx'
import { Tag } from '../components/tag.tsx'
import { rowsHref, typeHref } from '../evidence/rows-href.ts'
import { type FormErrors, formError } from '../form-errors.ts'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { actOnReviewType } from '../review-actions.server.ts'
import { actionWords, byUrgency, reviewHref, reviewTypeHref, standingOf } from '../review-room.ts'
import {
  ballotOf,
  baselineForm,
  evidenceView,
  type ProposalView,
  proposalOptions,
  proposalView,
  rowsOfGate,
} from '../review-type-view.ts'

export const handle: PageHandle = { nav: 'reviews', month: 'path' }
export const meta: MetaFunction = ({ params }) =>
  pageTitle(`${params.type}, review of ${formatMonth(params.month ?? '')}`)

export const loader = guarded(readers, async ({ request, params, user }) => {
  const month = parseMonth(params.month ?? '')
  const open = await ledger()
  const type = await getReviewType(open, { month, interactionType: params.type ?? '' })
  const review = await findReview(open, month)
  const published = await findPolicy(open.db, type.policyVersion)
  if (published === undefined) throw new OversightError('internal', `Policy ${type.policyVersion} is not stored.`)
  const { policy } = published
  const { evidence, level, registration, decision } = type
  const isOpen = type.reviewState === 'open'
  const mayFetch = trailReaders.some((role) => user.roles.includes(role))
  const receipts = new Map<string, string>()
  for (const proposal of type.proposals) {
    const { events } = await listAuditEvents(open, {
      page: 1,
      pageSize: 100,
      action: 'vote-cast',
      object: { type: 'proposal', id: proposal.id },
    })
    for (const event of events) receipts.set(String(event.data.voteId), `/audit/receipts/${event.seq}`)
  }
  const decisionSeq =
    decision === null
      ? undefined
      : (
          await listAuditEvents(open, {
            page: 1,
            pageSize: 1,
            action: 'decision-recorded',
            object: { type: 'decision', id: decision.id },
          })
        ).events[0]?.seq
  const openProposal = type.proposals.find((proposal) => proposal.state === 'open')
  const needsBaseline = registration === null || level === null
  const isApprover = user.roles.includes('approver')
  const url = new URL(request.url)
  return {
    month,
    interactionType: type.interactionType,
    isOpen,
    due: formatDay(type.dueAt, type.reportingTimeZone),
    timeZone: type.reportingTimeZone,
    level,
    levelSince: type.levelSince,
    ceiling: registration?.ceiling ?? null,
    isRegistered: registration !== null,
    siblings: [...(review?.types ?? [])].sort(byUrgency).map((sibling) => ({
      interactionType: sibling.interactionType,
      word:
        sibling.decision !== null
          ? 'decided'
          : sibling.recommendation === null
            ? ''
            : actionWords[sibling.recommendation],
      isDecided: sibling.decision !== null,
      standing: standingOf(sibling).word,
    })),
    policy: {
      version: policy.version,
      missingGates: policy.missingGates,
      window: monthsEndingWith(month, policy.windowMonths),
    },
    evidence:
      evidence === null
        ? null
        : {
            ...evidenceView(evidence, type.reportingTimeZone),
            evaluation: evidence.evaluation,
            description: describeEvaluation(evidence.evaluation, policy),
            rows: Object.fromEntries(
              evidence.evaluation.gates.flatMap((gate) => {
                const rows = rowsOfGate(gate, policy)
                if (rows === null) return []
                const of = {
                  interactionType: type.interactionType,
                  month,
                  cohort: 'ai_participated',
                  part: 'denominator',
                }
                return [[gate.gate, rowsHref({ ...of, ...rows } as Parameters<typeof rowsHref>[0])]]
              }),
            ),
          },
    proposals: type.proposals.map((proposal) =>
      proposalView(proposal, user, (voteId) => (mayFetch ? (receipts.get(voteId) ?? null) : null), isOpen),
    ),
    decision,
    decisionReceipt: mayFetch && decisionSeq !== undefined ? `/audit/receipts/${decisionSeq}` : null,
    baseline: needsBaseline && isApprover ? baselineForm(type, user, await listUsers(open), policy) : null,
    needsBaseline,
    ballot: openProposal === undefined || !isOpen ? null : ballotOf(type, openProposal, user, policy),
    options:
      isOpen && decision === null && openProposal === undefined && evidence !== null
        ? proposalOptions(type, policy)
        : null,
    mayPropose: isApprover || user.roles.includes('reviewer'),
    done: url.searchParams.get('done'),
  }
})

/** Who may act depends on the form; the use cases behind it check again, inside their transaction. */
export const action = guarded(readers, async ({ request, params, user }) => {
  const month = parseMonth(params.month ?? '')
  const interactionType = params.type ?? ''
  const form = Object.fromEntries(await request.formData())
  const { password: _password, ...texts } = form
  const values = Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, String(value)]))
  const intent = values.intent ?? ''
  try {
    const outcome = await actOnReviewType(request, { month, interactionType, intent, form, user })
    if ('errors' in outcome) return data({ intent, values, errors: outcome.errors }, { status: 400 })
    return redirect(`${reviewTypeHref(month, interactionType)}?done=${intent}`, { headers: outcome.headers })
  } catch (error) {
    if (!isOversightError(error) || error.code === 'internal') throw error
    // A wrong password is a mistake in a field, not the end of the session.
    const errors =
      error.code === 'unauthenticated' ? { fields: { password: error.message }, form: null } : formError(error.message)
    return data({ intent, values, errors }, { status: statusOf(error.code) })
  }
})

const doneWords: Readonly<Record<string, string>> = {
  propose: 'Proposed. It takes votes now.',
  vote: 'Signed. Your vote is in the audit trail; its receipt stands beside it under Votes.',
  baseline: 'Signed. The first level is in force, and the evidence was judged again with it.',
  withdraw: 'Withdrawn. Another proposal can be made.',
  freeze: 'Read. The evidence is that of the newest data.',
}

export default function ReviewTypePage() {
  const view = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { evidence, month, interactionType, decision } = view
  const done = answer === undefined && view.done !== null ? doneWords[view.done] : undefined
  const newest = view.proposals[0]
  const target = evidence?.evaluation.targetLevel ?? null
  return (
    <Page chips={<Siblings siblings={view.siblings} month={month} current={interactionType} />}>
      <div className="head review-head">
        <nav className="crumbs" aria-label="Breadcrumb">
          <Link to="/reviews">Reviews</Link>
          <span aria-hidden="true">/</span>
          <Link to={reviewHref(month)}>{formatMonth(month)}</Link>
        </nav>
        <ReviewSteps
          hasEvidence={evidence !== null}
          hasProposal={decision !== null || newest?.state === 'open'}
          isDecided={decision !== null}
          isClosed={!view.isOpen}
          due={view.due}
        />
      </div>
      <div className="title">
        <h1>{interactionType}</h1>
        <LevelGlyph level={view.level} ceiling={view.ceiling} />
        {target === null || decision !== null ? null : (
          <span className="nowrap">
            <span className="quiet" aria-hidden="true">
              →&ensp;
            </span>
            <span className="hidden">recommended to become </span>
            <LevelGlyph level={target} />
          </span>
        )}
        {view.isRegistered ? null : <Status kind="unregistered" />}
      </div>

      <div className="room">
        <div className="stack">
          {done === undefined ? null : <Notice kind="pass">{done}</Notice>}
          <Recommended view={view} />
          {evidence === null ? null : (
            <section aria-labelledby="gates">
              <div className="head">
                <h2 id="gates">Gates</h2>
                <p>
                  Policy {view.policy.version}. Evidence of {spanOf(view.policy.window)}, frozen {evidence.frozen}.{' '}
                  <Link to={typeHref(interactionType, month)}>Trends</Link>
                </p>
              </div>
              <GatesTable
                caption={`Gates for ${interactionType}, ${spanOf(view.policy.window)}: verdict, value with interval, drawing against the limit, evidence`}
                gates={evidence.evaluation.gates}
                missing={view.policy.missingGates}
                rowsHref={(gate) => evidence.rows[gate.gate]}
              />
            </section>
          )}
          {view.proposals.length === 0 ? null : (
            <section aria-labelledby="votes">
              <div className="head">
                <h2 id="votes">Votes</h2>
                <p>Votes are never edited or removed.</p>
              </div>
              {view.proposals.map((proposal) => (
                <ProposalVotes
                  key={proposal.id}
                  proposal={proposal}
                  timeZone={view.timeZone}
                  errors={answer?.intent === 'withdraw' ? answer.errors : undefined}
                />
              ))}
            </section>
          )}
        </div>
        <div className="panels">
          <Panel view={view} answer={answer} />
          {view.level === null || view.level === 'human_as_the_loop' ? null : (
            <p className="quiet">
              Cannot wait for the votes? <Link to={`${typeHref(interactionType)}/stop`}>Stop: reduce now</Link>
            </p>
          )}
        </div>
      </div>
    </Page>
  )
}

type View = ReturnType<typeof useLoaderData<typeof loader>>
type Answer = ReturnType<typeof useActionData<typeof action>>

const chipCount = 5

function Siblings({ siblings, month, current }: { siblings: View['siblings']; month: string; current: string }) {
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
      <span className="end">
        <Link to={reviewHref(month)}>
          {left.length} open, {siblings.length - left.length} decided
        </Link>
      </span>
    </nav>
  )
}

function Recommended({ view }: { view: View }) {
  const { evidence } = view
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
function beyondTheGates(evaluation: NonNullable<View['evidence']>['evaluation']): string[] {
  const { recommendation, reasons, blockers, gates } = evaluation
  const said = new Set(gates.map((gate) => gate.reason))
  // Why it cannot expand matters where it is kept; a reduction speaks for itself.
  const all = recommendation === 'keep' ? [...reasons, ...blockers] : reasons
  return [...new Set(all)].filter((reason) => !said.has(reason))
}

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

function ProposalVotes({ proposal, timeZone, errors }: ProposalVotesProps) {
  return (
    <div className="proposal">
      <div className="head">
        <h3>
          To {proposal.what} {proposal.isOverride ? <Tag>Against the recommendation</Tag> : null}
        </h3>
        <p>
          {proposal.approvals} of {proposal.requiredApprovals}{' '}
          {proposal.requiredApprovals === 1 ? 'approval' : 'approvals'}, {stateWords[proposal.state]}.
          {proposal.needsQuorum && proposal.state === 'open' ? ' Any rejection blocks.' : ''}
        </p>
      </div>
      <VotesTable proposal={proposal} timeZone={timeZone} />
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

function Panel({ view, answer }: { view: View; answer: Answer }) {
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
    return <VotePanel ballot={ballot} errors={errorsOf('vote')} values={valuesOf('vote')} />
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

function spanOf(months: readonly string[]): string {
  const first = months[0]
  const last = months.at(-1)
  if (first === undefined || last === undefined) return `${countWord(0)} month`
  return first === last
    ? formatMonth(last)
    : `${formatMonth(first).replace(` ${last.slice(0, 4)}`, '')} to ${formatMonth(last)}`
}
