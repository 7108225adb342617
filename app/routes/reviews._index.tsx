import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { countOf, formatDay, formatMonth } from '#models/format-metric.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { guarded, isOversightError, readers, statusOf } from '../access.server.ts'
import { Button, ButtonLink } from '../components/button.tsx'
import { CsvLink } from '../components/csv-link.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { ReviewHabitsTable } from '../components/review/review-habits.tsx'
import { EmptyState } from '../components/state.tsx'
import { Status } from '../components/status.tsx'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { getReviewHabits } from '../review-habits.server.ts'
import { listReviewMonths } from '../review-months.server.ts'
import { openReviewOf } from '../review-room.server.ts'
import { mayOpenReview, reviewHref } from '../review-room.ts'

export const handle: PageHandle = { nav: 'reviews', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Review room')

export const loader = guarded(readers, async ({ user }) => {
  return {
    mayOpen: mayOpenReview(user),
    habits: await getReviewHabits(user, new Date()),
    timeZone: await reportingTimeZone(),
    months: await listReviewMonths(),
  }
})

export const action = guarded(['approver', 'reviewer', 'operator'], async ({ request, user }) => {
  const form = await request.formData()
  try {
    const month = parseMonth(String(form.get('month') ?? ''))
    await openReviewOf(month, user.id)
    return redirect(reviewHref(month))
  } catch (error) {
    if (!isOversightError(error)) throw error
    return data({ problem: error.message }, { status: statusOf(error.code) })
  }
})

export default function Reviews() {
  const { months, mayOpen, timeZone, habits } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()?.problem
  const openCount = months.filter(({ review }) => review !== null && review.state !== 'closed').length
  // The newest final month is what one comes here for; older ones stay possible.
  const newest = months.find(({ isFinal, isPast }) => isFinal && !isPast)
  return (
    <Page>
      <h1>Review room</h1>
      <p className="lead">
        <strong>
          {openCount === 0 ? 'No review is open.' : `${countOf(openCount, 'review is', 'reviews are')} open.`}
        </strong>{' '}
        A month is reviewed once its numbers are final; its review ends in one signed decision for each interaction
        type: expand, keep or reduce what the AI may do.
      </p>
      {problem === undefined ? null : (
        <div className="gap">
          <Notice kind="fail">{problem}</Notice>
        </div>
      )}
      <section aria-labelledby="months">
        <div className="head">
          <h2 id="months">Months</h2>
          <p>{months.length === 0 ? null : <CsvLink to="/reviews/months.csv" what="months with their reviews" />}</p>
        </div>
        {months.length === 0 ? (
          <EmptyState title="No data yet">
            <p>A review needs a month of data. Load files with the command line first.</p>
          </EmptyState>
        ) : (
          <table className="reviews">
            <caption className="hidden">Months with their reviews, newest first</caption>
            <thead>
              <tr>
                <th scope="col">Month</th>
                <th scope="col">Review</th>
                <th scope="col">Decided</th>
                <th scope="col">Votes due</th>
                <th scope="col">
                  <span className="hidden">Next step</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {months.map(({ month, review, isFinal, finalAt, isPast }) => (
                <tr key={month}>
                  <th scope="row">
                    {review === null ? formatMonth(month) : <Link to={reviewHref(month)}>{formatMonth(month)}</Link>}
                  </th>
                  <td>
                    {review === null ? (
                      isPast ? (
                        <Status kind="none" word="Not held" />
                      ) : isFinal ? (
                        <Status kind="none" word="Not opened" />
                      ) : (
                        <span>
                          <Status kind="provisional" />{' '}
                          <span className="quiet">opens {formatDay(finalAt, timeZone)} at the earliest</span>
                        </span>
                      )
                    ) : review.state === 'closed' ? (
                      <Status kind="pass" word="Closed" />
                    ) : review.state === 'decided' ? (
                      <Status kind="pass" word="All decided, to close" />
                    ) : (
                      <Status kind="provisional" word="Open" />
                    )}
                  </td>
                  <td data-label="Decided" className={review === null ? 'empty' : undefined}>
                    {review === null ? <Dash /> : `${review.decidedCount} of ${review.typeCount}`}
                  </td>
                  <td
                    data-label="Votes due"
                    className={review === null || review.state === 'closed' ? 'empty' : undefined}
                  >
                    {review === null || review.state === 'closed' ? <Dash /> : formatDay(review.dueAt, timeZone)}
                  </td>
                  <td className="next">
                    {review !== null ? (
                      <ButtonLink size="small" to={reviewHref(month)} aria-label={`Review of ${formatMonth(month)}`}>
                        {review.state === 'open' ? 'Review' : 'Look'}
                      </ButtonLink>
                    ) : isFinal && mayOpen && !isPast ? (
                      <Form method="post">
                        <input type="hidden" name="month" value={month} />
                        <Button
                          size="small"
                          look={month === newest?.month ? 'primary' : 'plain'}
                          aria-label={`Open the review of ${formatMonth(month)}`}
                        >
                          Open review
                        </Button>
                      </Form>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {months.some(({ isPast }) => isPast) ? (
          <p className="quiet gap">
            Not held: a later month was reviewed first, and old evidence moves no level any more. What was decided
            before stayed in force, until it expired at the latest.
          </p>
        ) : null}
      </section>
      {habits.room.voteCount === 0 ? null : <ReviewHabitsTable habits={habits} />}
    </Page>
  )
}

function Dash() {
  return <span className="quiet">–</span>
}
