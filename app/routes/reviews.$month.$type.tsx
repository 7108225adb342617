import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { countWord, formatMonth } from '#models/format-metric.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { guarded, isOversightError, readers, statusOf } from '../access.server.ts'
import { CsvLink } from '../components/csv-link.tsx'
import { GatesTable } from '../components/gates-table.tsx'
import { LevelGlyph } from '../components/level-glyph.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { DecidePanel } from '../components/review/decide-panel.tsx'
import { MovedLevel } from '../components/review/moved-level.tsx'
import { ProposalVotes } from '../components/review/proposal-votes.tsx'
import { Recommended } from '../components/review/recommended.tsx'
import { ReviewSteps } from '../components/review/review-steps.tsx'
import { Siblings } from '../components/review/siblings.tsx'
import { useFocusOfResult } from '../components/review/use-focus-of-result.ts'
import { Status } from '../components/status.tsx'
import { typeHref } from '../evidence/rows-href.ts'
import { formError } from '../form-errors.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { actOnReviewType } from '../review-actions.server.ts'
import { reviewHref, reviewTypeHref } from '../review-room.ts'
import { getReviewTypePage } from '../review-type-page.server.ts'

export const handle: PageHandle = { nav: 'reviews', month: 'path' }
export const meta: MetaFunction = ({ params }) =>
  pageTitle(`${params.type}, review of ${formatMonth(params.month ?? '')}`)

export const loader = guarded(readers, async ({ request, params, user }) => ({
  ...(await getReviewTypePage(parseMonth(params.month ?? ''), params.type ?? '', user)),
  done: new URL(request.url).searchParams.get('done'),
}))

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
  freeze: 'Judged again, on the newest data and with the level in force.',
  'open-case': 'Opened, and noted in the audit trail.',
}

export default function ReviewTypePage() {
  const view = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { evidence, month, interactionType, decision } = view
  useFocusOfResult(view.done, answer)
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
        {target === null || decision !== null || view.movedLevel !== null ? null : (
          <span className="nowrap">
            <span className="quiet" aria-hidden="true">
              →&ensp;
            </span>
            <span className="hidden">recommended to become </span>
            <LevelGlyph level={target} ceiling={view.ceiling} />
          </span>
        )}
        {view.isRegistered ? null : <Status kind="unregistered" />}
      </div>

      <div className="room">
        <div className="stack">
          {done === undefined ? null : <Notice kind="pass">{done}</Notice>}
          <MovedLevel view={view} />
          <Recommended evidence={evidence} />
          {evidence === null ? null : (
            <section aria-labelledby="gates">
              <div className="head">
                <h2 id="gates">Gates</h2>
                <p>
                  Policy {view.policy.version}. Evidence of {spanOf(view.policy.window)}, frozen {evidence.frozen}.{' '}
                  <Link to={typeHref(interactionType, month)}>Trends</Link>{' '}
                  <CsvLink to={`${reviewTypeHref(month, interactionType)}/gates.csv`} what="gates" />
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
                <p>
                  Votes are never edited or removed.{' '}
                  <CsvLink to={`${reviewTypeHref(month, interactionType)}/votes.csv`} what="votes" />
                </p>
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
          <DecidePanel view={view} answer={answer} />
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

function spanOf(months: readonly string[]): string {
  const first = months[0]
  const last = months.at(-1)
  if (first === undefined || last === undefined) return `${countWord(0)} month`
  return first === last
    ? formatMonth(last)
    : `${formatMonth(first).replace(` ${last.slice(0, 4)}`, '')} to ${formatMonth(last)}`
}
