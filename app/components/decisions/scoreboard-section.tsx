import { Link } from '@remix-run/react'
import type { FollowUp, HitRate } from '#governance/evaluate/follow-decision.ts'
import { formatDay } from '#models/format-metric.ts'
import { decisionHref, type RegisteredDecision } from '../../decisions/decision-register.ts'
import { followStatus, hitRateSentence } from '../../decisions/follow-words.ts'
import { CsvLink } from '../csv-link.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status } from '../status.tsx'
import { actionStatus } from './decision-table.tsx'

interface ScoreboardSectionProps {
  decisions: readonly { decision: RegisteredDecision; followUps: readonly FollowUp[] }[]
  /** Of all decisions, whatever the filters. */
  hitRate: HitRate
  isFiltered: boolean
  /** The register, which has the verdicts too. */
  csvHref: string
  timeZone: string
}

/** Whether the decisions of this page turned out well: each at 30, 60 and 90 days, and how often the room was right. */
export function ScoreboardSection({ decisions, hitRate, isFiltered, csvHref, timeZone }: ScoreboardSectionProps) {
  return (
    <section aria-labelledby="scoreboard">
      <div className="head">
        <h2 id="scoreboard">Scoreboard</h2>
        <p>
          <CsvLink to={csvHref} what="decisions with their verdicts" />
        </p>
      </div>
      <p className="measure">{hitRateSentence(hitRate, { isAll: isFiltered })}</p>
      {decisions.length === 0 ? null : (
        <details className="twin">
          <summary>How the decisions listed above turned out</summary>
          <ScrollRegion label="Scoreboard, table">
            <table className="register dense">
              <caption className="hidden">Decisions at 30, 60 and 90 days</caption>
              <thead>
                <tr>
                  <th scope="col">Type</th>
                  <th scope="col">Decision</th>
                  {decisions[0]?.followUps.map(({ days }) => (
                    <th key={days} scope="col">
                      {days} days
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {decisions.map(({ decision, followUps }) => (
                  <tr key={decision.id}>
                    <th scope="row">
                      <Link to={decisionHref(decision.id)}>{decision.interactionType}</Link>
                    </th>
                    <td data-label="Decision">
                      <Status {...actionStatus[decision.action]} />
                      <span className="sub">{formatDay(decision.decidedAt, timeZone)}</span>
                    </td>
                    {followUps.map(({ days, verdict }) => (
                      <td key={days} data-label={`${days} days`}>
                        <Status {...followStatus[verdict]} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </details>
      )}
      <p className="quiet gap">
        The full months after the decision against the three up to its evidence: error rate, repeat contact, unexpected
        escalation and CSAT. Worse means that one of them is, by more than the margin and surely (95{'\u202f'}%); not
        worse, that all surely are not. What else happened in these months counts too.
      </p>
    </section>
  )
}
