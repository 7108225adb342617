import { Link } from '@remix-run/react'
import { Fragment } from 'react'
import type { FollowUp, MetricFollowUp } from '#governance/evaluate/follow-decision.ts'
import { monthSpan } from '#governance/evaluate/sentences.ts'
import { formatDifference, formatDifferenceNumber, formatMonth, formatShare } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import type { Month } from '#models/reporting-month.ts'
import { decisionHref } from '../../decisions/decision-register.ts'
import { followStatus } from '../../decisions/follow-words.ts'
import { rowsHref } from '../../evidence/rows-href.ts'
import { CsvLink } from '../csv-link.tsx'
import { MetricHelp } from '../help.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status } from '../status.tsx'

/** What became of one decision: each number before and after, with the difference and its interval. */
export function FollowUpSection({
  decisionId,
  interactionType,
  followUps,
}: {
  decisionId: string
  interactionType: string
  followUps: readonly FollowUp[]
}) {
  const newest = followUps.findLast(({ verdict }) => verdict !== 'not_yet_known')
  return (
    <section aria-labelledby="followed">
      <div className="head">
        <h2 id="followed">What became of it</h2>
        <p>
          <CsvLink to={`${decisionHref(decisionId)}/follow-ups.csv`} what="numbers before and after" />
        </p>
      </div>
      <dl className="facts record">
        {followUps.map(({ days, months: after, verdict }) => (
          <Fragment key={days}>
            <dt>{days} days</dt>
            <dd>
              <Status {...followStatus[verdict]} />
              <span className="quiet">{monthSpan(after)}</span>
            </dd>
          </Fragment>
        ))}
      </dl>
      {newest === undefined ? (
        <p className="quiet gap">The first full month after it is not final yet.</p>
      ) : (
        <div className="gap">
          <ScrollRegion label="What became of it, table">
            <table className="register">
              <caption>{newest.months.map(formatMonth).join(', ')} against the three months before</caption>
              <thead>
                <tr>
                  <th scope="col">Number</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                  <th scope="col">Difference</th>
                  <th scope="col">Verdict</th>
                </tr>
              </thead>
              <tbody>
                {newest.metrics.map((each) => (
                  <Row key={each.metric} interactionType={interactionType} followed={each} {...newest} />
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </div>
      )}
    </section>
  )
}

interface RowProps extends Pick<FollowUp, 'months' | 'baseline'> {
  interactionType: string
  followed: MetricFollowUp
}

function Row({ interactionType, followed, months, baseline }: RowProps) {
  const { metric, scale, before, after, beforeCount, afterCount, difference, lower, upper, verdict } = followed
  const share = (value: number | null, count: number, pooled: readonly Month[]) => {
    const month = pooled.at(-1)
    if (value === null || month === undefined) return '–'
    const rows = { interactionType, month, months: pooled.length, metric, scale, cohort: 'ai_participated' } as const
    return (
      <>
        {formatShare(value)} of <Link to={rowsHref({ ...rows, part: 'denominator' })}>{count}</Link>
      </>
    )
  }
  return (
    <tr>
      <th scope="row">
        <span className="before-help">{metrics[metric].label}</span>
        <MetricHelp metric={metric} />
      </th>
      <td data-label="Before">{share(before, beforeCount, baseline)}</td>
      <td data-label="After">{share(after, afterCount, months)}</td>
      <td data-label="Difference">
        {difference === null || lower === null || upper === null
          ? '–'
          : `${formatDifference(difference)} (${formatDifferenceNumber(lower)} to ${formatDifferenceNumber(upper)})`}
      </td>
      <td data-label="Verdict">
        <Status {...followStatus[verdict]} />
      </td>
    </tr>
  )
}
