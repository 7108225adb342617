import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import type { Role } from '#governance/accounts/roles.ts'
import { absoluteHours, idleMinutes } from '#governance/accounts/sessions.ts'
import { type Training, trainingOf } from '#governance/accounts/training.ts'
import { listVotesOf } from '#governance/review/list-votes-of.ts'
import { getCurrentPolicy } from '#governance/review/published-policy.ts'
import { formatInstant, formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { Button } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { Status, type StatusKind } from '../components/status.tsx'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reviewTypeHref } from '../review-room.ts'
import { runtime } from '../runtime.server.ts'
import { currentSession } from '../session.server.ts'

export const handle: PageHandle = { nav: 'account', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Account')

export const loader = guarded(readers, async ({ request, user }) => {
  const open = await ledger()
  return {
    user,
    expiresAt: (await currentSession(request))?.expiresAt ?? null,
    timeZone: runtime().home.reportingTimeZone,
    idleMinutes,
    absoluteHours,
    votes: await listVotesOf(open, user.id),
    training: await trainingOf(open.db, user.id, new Date(), await getCurrentPolicy(open.db)),
  }
})

const roleMeanings: Readonly<Record<Role, string>> = {
  viewer: 'reads evidence, reviews and the audit trail',
  analyst: 'reads evidence and reviews, exports data',
  reviewer: 'opens reviews and proposes decisions',
  approver: 'registers types, opens reviews, proposes, votes and signs',
  operator: 'loads data and opens reviews',
  auditor: 'reads everything and verifies the audit trail',
  admin: 'manages people and the registry; may not sign decisions',
}

const voteWords: Readonly<Record<'approve' | 'reject' | 'abstain', StatusKind>> = {
  approve: 'pass',
  reject: 'fail',
  abstain: 'none',
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
  const { user, expiresAt, timeZone, votes, training, idleMinutes, absoluteHours } = useLoaderData<typeof loader>()
  return (
    <Page>
      <h1>{user.name}</h1>
      <p className="lead">{user.email}</p>
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
          <p>{votes.length === 0 ? null : 'Newest first'}</p>
        </div>
        {votes.length === 0 ? (
          <EmptyState title="You have not voted yet">
            <p>Approvers vote in the review room, on one type at a time.</p>
          </EmptyState>
        ) : (
          <div className="scroll">
            <table>
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
                    <td className="nowrap">{formatMonth(vote.month)}</td>
                    <td>
                      <Status kind={voteWords[vote.vote]} word={vote.vote[0]?.toUpperCase() + vote.vote.slice(1)} />
                    </td>
                    <td className="soft">{vote.meaning}</td>
                    <td className="nowrap">{formatInstant(vote.signedAt, timeZone)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section aria-labelledby="session">
        <div className="head">
          <h2 id="session">This session</h2>
        </div>
        <p className="soft">
          It ends after {idleMinutes} minutes without use and at the latest {absoluteHours} hours after sign-in
          {expiresAt === null ? '' : `, on ${formatInstant(expiresAt, timeZone)}`}. Every signature asks for the
          password again.
        </p>
        <Form method="post" action="/logout" className="gap">
          <Button>Sign out</Button>
        </Form>
      </section>
    </Page>
  )
}
