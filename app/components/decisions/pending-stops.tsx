import { formatDay } from '#models/format-metric.ts'
import { decisionHref, type RegisteredDecision } from '../../decisions/decision-register.ts'
import { ButtonLink } from '../button.tsx'
import { Status } from '../status.tsx'

interface PendingStopsProps {
  stops: readonly RegisteredDecision[]
  timeZone: string
  mayApprove: boolean
}

/** Stops that took effect on one signature and still need a second approver to look at them. */
export function PendingStops({ stops, timeZone, mayApprove }: PendingStopsProps) {
  if (stops.length === 0) return null
  return (
    <section aria-labelledby="pending">
      <div className="head">
        <h2 id="pending">Stops to approve</h2>
        <p>In force already; another approver looks within two working days.</p>
      </div>
      <ul className="rows decide">
        {stops.map((stop) => (
          <li key={stop.id}>
            <Status kind="reduce" word="Stop" />
            <div>
              <h3>{stop.interactionType}</h3>
              <p>
                {stop.signer.name}: {stop.reason}
              </p>
            </div>
            <span className="votes">
              {stop.approvalDueAt === null ? null : `due ${formatDay(stop.approvalDueAt, timeZone)}`}
            </span>
            <ButtonLink
              to={decisionHref(stop.id)}
              size="small"
              aria-label={`Look at the stop of ${stop.interactionType}`}
            >
              {mayApprove ? 'Approve' : 'Look'}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
