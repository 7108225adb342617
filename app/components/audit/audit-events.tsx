import { Link } from '@remix-run/react'
import type { ListedEvent } from '#governance/audit/list-audit-events.ts'
import { eventSentence } from '../../audit-words.ts'
import { ScrollRegion } from '../scroll-region.tsx'

interface AuditEventsProps {
  events: readonly ListedEvent[]
  search: URLSearchParams
  people: readonly { id: string; name: string }[]
  /** Events before this number are under a signed checkpoint. */
  signedSize: number
}

/** One row per event: when, who, what it says; its exact content and its receipt on demand. */
export function AuditEvents({ events, search, people, signedSize }: AuditEventsProps) {
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return (
    <ScrollRegion label="Events, table" head="region">
      <table className="events">
        <caption className="hidden">Events of the audit trail, newest first</caption>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">When, UTC</th>
            <th scope="col">Who</th>
            <th scope="col">Event</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.seq} id={`event-${event.seq}`}>
              <th scope="row" className="e-seq">
                {event.seq}
              </th>
              <td className="e-when nowrap">
                <time dateTime={event.ts}>{event.ts.slice(0, 19).replace('T', ' ')}</time>
              </td>
              <td className="e-who">
                <Link to={filterHref(search, 'person', event.actor.id)}>{event.actor.name}</Link>
                <span className="role">{event.actor.role}</span>
              </td>
              <td className="e-action">
                <Link to={filterHref(search, 'action', event.action)}>{event.action}</Link>
              </td>
              <td className="e-what">
                <details>
                  <summary>{eventSentence(event, names)}</summary>
                  <EventContent event={event} search={search} isSigned={event.seq < signedSize} />
                </details>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function EventContent({ event, search, isSigned }: { event: ListedEvent; search: URLSearchParams; isSigned: boolean }) {
  const { object, data, rows, id, leafHash } = event
  return (
    <div className="event-content">
      <p>
        About{' '}
        <Link to={filterHref(search, 'object', `${object.type}:${object.id}`)}>
          {object.type} {object.id}
        </Link>
        .{' '}
        {isSigned ? (
          <Link to={`/audit/receipts/${event.seq}`} reloadDocument>
            Download the receipt
          </Link>
        ) : (
          <span className="quiet">Its receipt comes with the next checkpoint.</span>
        )}
      </p>
      <pre className="command">{JSON.stringify({ id, data, rows }, null, 2)}</pre>
      <p className="hash">leaf sha256 {leafHash}</p>
    </div>
  )
}

/** The same page with one more filter, from its first page. */
function filterHref(search: URLSearchParams, name: string, value: string): string {
  const kept = new URLSearchParams(search)
  kept.delete('page')
  kept.delete('verify')
  kept.set(name, value)
  return `?${kept}`
}
