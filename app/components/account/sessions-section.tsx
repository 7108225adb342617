import { Form } from '@remix-run/react'
import type { OpenSession } from '#governance/accounts/sessions.ts'
import { countOf, formatInstant } from '#models/format-metric.ts'
import { Button } from '../button.tsx'
import { CsvLink } from '../csv-link.tsx'
import { Tag } from '../tag.tsx'

interface SessionsSectionProps {
  sessions: readonly OpenSession[]
  timeZone: string
  idleMinutes: number
  absoluteHours: number
}

/** Where the person is signed in, and the way out of everywhere else. */
export function SessionsSection({ sessions, timeZone, idleMinutes, absoluteHours }: SessionsSectionProps) {
  const others = sessions.filter(({ isCurrent }) => !isCurrent).length
  return (
    <section aria-labelledby="sessions">
      <div className="head">
        <h2 id="sessions">Where you are signed in</h2>
        <p>
          {countOf(sessions.length, 'session')}. <CsvLink to="/account/tables/sessions.csv" what="sessions" />
        </p>
      </div>
      <table className="register">
        <caption className="hidden">Your sessions, the most recently used first</caption>
        <thead>
          <tr>
            <th scope="col">Signed in</th>
            <th scope="col">Last used</th>
            <th scope="col">Ends at the latest</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <th scope="row">
                {formatInstant(session.createdAt, timeZone)} {session.isCurrent ? <Tag>This one</Tag> : null}
              </th>
              <td data-label="Last used">{formatInstant(session.lastSeenAt, timeZone)}</td>
              <td data-label="Ends">{formatInstant(session.expiresAt, timeZone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet gap">
        A session ends after {idleMinutes} minutes without use and {absoluteHours} hours after sign-in. Every signature
        asks for the password again, and starts a new session in place of the old one.
      </p>
      <div className="downloads gap">
        <Form method="post" action="/logout">
          <Button>Sign out</Button>
        </Form>
        {others === 0 ? null : (
          <Form method="post" action="/account/sessions">
            <Button>Sign out everywhere else</Button>
          </Form>
        )}
      </div>
    </section>
  )
}
