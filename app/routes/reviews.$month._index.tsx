import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { systemClock } from '#governance/ledger/clock.ts'
import { ceilingsOf } from '#governance/registry/list-registered-types.ts'
import { closeReview } from '#governance/review/close-review.ts'
import { findReview, type ReviewTypeSummary } from '#governance/review/find-review.ts'
import { countOf, countWord, formatDay, formatMonth } from '#models/format-metric.ts'
import { parseMonth } from '#models/reporting-month.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { guarded, isOversightError, readers, statusOf } from '../access.server.ts'
import { Button, ButtonLink } from '../components/button.tsx'
import { CsvLink } from '../components/csv-link.tsx'
import { LevelGlyph } from '../components/level-glyph.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { Status } from '../components/status.tsx'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reportingMonths } from '../reporting-months.server.ts'
import { freezeEvidenceOf, openReviewOf } from '../review-room.server.ts'
import { actionWords, byUrgency, mayOpenReview, reviewHref, reviewTypeHref, standingOf } from '../review-room.ts'

export const handle: PageHandle = { nav: 'reviews', month: 'path' }
export const meta: MetaFunction = ({ params }) => pageTitle(`Review of ${formatMonth(params.month ?? '')}`)

export const loader = guarded(readers, async ({ params, user }) => {
  const month = parseMonth(params.month ?? '')
  const open = await ledger()
  const review = await findReview(open, month, user.id)
  const isFinal = (await reportingMonths()).find((candidate) => candidate.month === month)?.isFinal ?? false
  return {
    month,
    review: review ?? null,
    ceilings: Object.fromEntries(await ceilingsOf(open)),
    isFinal,
    mayOpen: mayOpenReview(user),
    mayClose: user.roles.includes('approver'),
  }
})

export const action = guarded(['approver', 'reviewer', 'operator'], async ({ request, params, user }) => {
  const form = await request.formData()
  try {
    const month = parseMonth(params.month ?? '')
    const intent = form.get('intent')
    if (intent === 'open') await openReviewOf(month, user.id)
    else if (intent === 'freeze') await freezeEvidenceOf(month, user.id)
    else if (intent === 'close') await closeReview(await ledger(), { month, by: user.id }, systemClock())
    return redirect(reviewHref(month))
  } catch (error) {
    if (!isOversightError(error)) throw error
    return data({ problem: error.message }, { status: statusOf(error.code) })
  }
})

export default function MonthReview() {
  const { month, review, ceilings, isFinal, mayOpen, mayClose } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()?.problem
  const notice = problem === undefined ? null : <Notice kind="fail">{problem}</Notice>
  if (review === null) {
    return (
      <Page>
        <h1>Review of {formatMonth(month)}</h1>
        <div className="gap">{notice}</div>
        <EmptyState
          title="This review is not open"
          actions={
            isFinal && mayOpen ? (
              <Form method="post">
                <Button look="primary" name="intent" value="open">
                  Open the review of {formatMonth(month)}
                </Button>
              </Form>
            ) : (
              <ButtonLink to="/reviews">All reviews</ButtonLink>
            )
          }
        >
          <p>
            {isFinal
              ? 'The numbers of the month are final. Opening the review freezes the evidence of every type.'
              : 'The numbers of the month can still change. Its review opens when they are final.'}
          </p>
        </EmptyState>
      </Page>
    )
  }
  const left = review.types.filter((type) => type.decision === null).sort(byUrgency)
  const decided = review.types.filter((type) => type.decision !== null)
  const isClosed = review.state === 'closed'
  const csvHref = `${reviewHref(month)}/types.csv`
  const lacksEvidence = left.some((type) => type.recommendation === null)
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/reviews">Reviews</Link>
      </nav>
      <h1>Review of {formatMonth(month)}</h1>
      <p className="lead">
        <strong>
          {isClosed
            ? 'This review is closed.'
            : left.length === 0
              ? 'Every type is decided.'
              : `${capital(countOf(left.length, 'type is', 'types are'))} left to decide.`}
        </strong>{' '}
        {agendaSentence(review.types)}{' '}
        {isClosed
          ? null
          : `Votes are due ${formatDay(review.dueAt, review.reportingTimeZone)}, under policy ${review.policyVersion}.`}
      </p>
      <div className="stack">
        {notice}
        {left.length === 0 ? null : (
          <section aria-labelledby="left">
            <div className="head">
              <h2 id="left">To decide</h2>
              <p>
                {left.length} of {review.types.length}. <CsvLink to={csvHref} what="types of this review" />
              </p>
            </div>
            <TypesInReview types={left} ceilings={ceilings} month={month} caption="Types left to decide" />
          </section>
        )}
        {decided.length === 0 ? null : (
          <section aria-labelledby="decided">
            <div className="head">
              <h2 id="decided">Decided</h2>
              <p>
                {decided.length} of {review.types.length}.{' '}
                {left.length > 0 ? null : <CsvLink to={csvHref} what="types of this review" />}
              </p>
            </div>
            <TypesInReview types={decided} ceilings={ceilings} month={month} caption="Types decided" />
          </section>
        )}
        {isClosed ? null : (
          <section aria-label="Steps of the review">
            <Form method="post" className="steps-form">
              {mayOpen ? (
                <Button name="intent" value="freeze" look={lacksEvidence ? 'primary' : 'plain'}>
                  Read the newest data
                </Button>
              ) : null}
              {mayClose && left.length === 0 ? (
                <Button name="intent" value="close" look="primary">
                  Close the review
                </Button>
              ) : null}
            </Form>
            {mayOpen ? (
              <p className="quiet">
                Reading again changes nothing while the numbers are the same. Where they differ, the evidence gets a new
                revision and open proposals turn stale.
              </p>
            ) : null}
          </section>
        )}
      </div>
    </Page>
  )
}

interface TypesInReviewProps {
  types: readonly ReviewTypeSummary[]
  ceilings: Readonly<Record<string, OversightLevel>>
  month: string
  caption: string
}

function TypesInReview({ types, ceilings, month, caption }: TypesInReviewProps) {
  return (
    <table className="agenda">
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Type</th>
          <th scope="col">Level</th>
          <th scope="col">Recommended</th>
          <th scope="col">Why</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {types.map((type) => {
          const standing = standingOf(type)
          return (
            <tr key={type.interactionType}>
              <th scope="row" className="a-type">
                <Link to={reviewTypeHref(month, type.interactionType)}>{type.interactionType}</Link>
              </th>
              <td className="a-level">
                <LevelGlyph level={type.level} ceiling={ceilings[type.interactionType]} />
              </td>
              <td className="a-recommended">
                {type.recommendation === null ? (
                  <span className="quiet">–</span>
                ) : (
                  <Status kind={type.recommendation} />
                )}
              </td>
              <td className="a-why soft">{type.decision === null ? type.firstReason : <DecisionLine type={type} />}</td>
              <td className="a-state">
                <Status kind={standing.kind} word={standing.word} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function DecisionLine({ type: { decision } }: { type: ReviewTypeSummary }) {
  if (decision === null) return null
  return (
    <>
      {decision.signer.name} {decision.meaning}, {formatDay(decision.decidedAt, 'UTC')}
    </>
  )
}

function agendaSentence(types: readonly ReviewTypeSummary[]): string {
  const of = (action: 'expand' | 'keep' | 'reduce') => types.filter((type) => type.recommendation === action).length
  const parts = (['expand', 'reduce', 'keep'] as const)
    .filter((action) => of(action) > 0)
    .map((action) => `${actionWords[action].toLowerCase()} ${countWord(of(action))}`)
  const unregistered = types.filter((type) => !type.isRegistered).length
  const said = parts.length === 0 ? '' : `Recommended: ${parts.join(', ')}.`
  return unregistered === 0
    ? said
    : `${said} ${capital(countWord(unregistered))} ${unregistered === 1 ? 'is' : 'are'} not registered yet.`.trim()
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
