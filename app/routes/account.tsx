import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { absoluteHours, idleMinutes } from '#governance/accounts/sessions.ts'
import { type Training, trainingOf } from '#governance/accounts/training.ts'
import { listVotesOf } from '#governance/review/list-votes-of.ts'
import { getCurrentPolicy } from '#governance/review/published-policy.ts'
import { formatInstant, formatMonth } from '#models/format-metric.ts'
import { guarded, readers, tokenMakers } from '../access.server.ts'
import { roleMeanings } from '../admin/role-meanings.ts'
import { SessionsSection } from '../components/account/sessions-section.tsx'
import { ButtonLink } from '../components/button.tsx'
import { CsvLink } from '../components/csv-link.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { ScrollRegion } from '../components/scroll-region.tsx'
import { EmptyState } from '../components/state.tsx'
import { Status, type StatusKind } from '../components/status.tsx'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reviewTypeHref } from '../review-room.ts'
import { runtime } from '../runtime.server.ts'
import { sessionsOf } from '../session.server.ts'

export const handle: PageHandle = { nav: 'account', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Account')

export const loader = guarded(readers, async ({ request, user }) => {
  const open = await ledger()
  return {
    user,
    mayHoldToken: tokenMakers.some((role) => user.roles.includes(role)),
    sessions: await sessionsOf(request),
    done: new URL(request.url).searchParams.get('done'),
    timeZone: runtime().home.reportingTimeZone,
    idleMinutes,
    absoluteHours,
    votes: await listVotesOf(open, user.id),
    training: await trainingOf(open.db, user.id, new Date(), await getCurrentPolicy(open.db)),
  }
})

const voteWords: Readonly<Record<'approve' | 'reject' | 'abstain', StatusKind>> = {
  approve: 'pass',
  reject: 'fail',
  abstain: 'none',
}

const doneWords: Readonly<Record<string, string>> = {
  password: 'Your password was changed, and every other session ended.',
  sessions: 'Every other session ended.',
}

function trainingWords({ until, today, isRequired }: Training): string {
  if (until === null) {
    return isRequired
      ? 'None is recorded, and the policy asks for it: you may approve nothing but reductions until an admin records it.'
      : 'None is recorded. The policy does not ask for it.'
  }
  return until < today
    ? `It ended on ${until}: you may approve nothing but reductions until an admin records a new one.`
    : `Recorded until ${until}.`
}

export default function Account() {
  const { user, mayHoldToken, sessions, timeZone, votes, training, idleMinutes, absoluteHours, done } =
    useLoaderData<typeof loader>()
  const said = done === null ? undefined : doneWords[done]
  return (
    <Page>
      <h1>{user.name}</h1>
      <p className="lead">{user.email}</p>
      {said === undefined ? null : (
        <div className="gap">
          <Notice kind="pass">{said}</Notice>
        </div>
      )}
      <section aria-labelledby="roles">
        <div className="head">
          <h2 id="roles">What you may do</h2>
        </div>
        <ul className="rows">
          {user.roles.map((role) => (
            <li key={role}>
              <h3>{role}</h3>
              <p>This role {roleMeanings[role]}.</p>
            </li>
          ))}
        </ul>
      </section>
      {mayHoldToken ? (
        <section aria-labelledby="tokens">
          <div className="head">
            <h2 id="tokens">API tokens</h2>
          </div>
          <p className="soft">
            A script reads what you may read by a token. <Link to="/account/tokens">Make or end tokens</Link>
          </p>
        </section>
      ) : null}
      {user.roles.includes('approver') || training.until !== null ? (
        <section aria-labelledby="training">
          <div className="head">
            <h2 id="training">Training to oversee</h2>
          </div>
          <p className="soft">{trainingWords(training)}</p>
        </section>
      ) : null}
      <section aria-labelledby="votes">
        <div className="head">
          <h2 id="votes">Your votes</h2>
          {votes.length === 0 ? null : (
            <p>
              Newest first. <CsvLink to="/account/tables/votes.csv" what="votes that you signed" />
            </p>
          )}
        </div>
        {votes.length === 0 ? (
          <EmptyState title="You have not voted yet">
            <p>Approvers vote in the review room, on one type at a time.</p>
          </EmptyState>
        ) : (
          <ScrollRegion label="Votes that you signed, table">
            <table className="register">
              <caption className="hidden">Votes that you signed, newest first</caption>
              <thead>
                <tr>
                  <th scope="col">Type</th>
                  <th scope="col">Review</th>
                  <th scope="col">Vote</th>
                  <th scope="col">Meaning</th>
                  <th scope="col">Signed</th>
                </tr>
              </thead>
              <tbody>
                {votes.map((vote) => (
                  <tr key={vote.id}>
                    <th scope="row">
                      <Link to={reviewTypeHref(vote.month, vote.interactionType)}>{vote.interactionType}</Link>
                    </th>
                    <td className="nowrap" data-label="Review">
                      {formatMonth(vote.month)}
                    </td>
                    <td data-label="Vote">
                      <Status kind={voteWords[vote.vote]} word={vote.vote[0]?.toUpperCase() + vote.vote.slice(1)} />
                    </td>
                    <td className="soft text" data-label="Meaning">
                      {vote.meaning}
                    </td>
                    <td className="nowrap" data-label="Signed">
                      {formatInstant(vote.signedAt, timeZone)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </section>
      <SessionsSection {...{ sessions, timeZone, idleMinutes, absoluteHours }} />
      <section aria-labelledby="password">
        <div className="head">
          <h2 id="password">Password</h2>
        </div>
        <p className="soft">Only you should know it: whoever does can sign in your name.</p>
        <div className="gap">
          <ButtonLink to="/account/password">Change your password</ButtonLink>
        </div>
      </section>
    </Page>
  )
}
