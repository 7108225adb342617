import { Fragment } from 'react'
import type { FollowUp, MetricFollowUp } from '#governance/evaluate/follow-decision.ts'
import { formatDifference, formatDifferenceNumber, formatMonth, formatShare } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { decisionHref } from '../../decisions/decision-register.ts'
import { followStatus } from '../../decisions/follow-words.ts'
import { CsvLink } from '../csv-link.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status } from '../status.tsx'

/** What became of one decision: each number before and after, with the difference and its interval. */
export function FollowUpSection({ decisionId, followUps }: { decisionId: string; followUps: readonly FollowUp[] }) {
  const newest = followUps.findLast(({ verdict }) => verdict !== 'not_yet_known')
  return (
    <section aria-labelledby="followed">
      <div className="head">
        <h2 id="followed">What became of it</h2>
        <p>
          {followUps.map(({ days, verdict }) => (
            <Fragment key={days}>
              <span className="nowrap">
                {days} days <Status {...followStatus[verdict]} />
              </span>{' '}
            </Fragment>
          ))}
          <CsvLink to={`${decisionHref(decisionId)}/follow-ups.csv`} what="numbers before and after" />
        </p>
      </div>
      {newest === undefined ? (
        <p className="quiet">The first full month after it is not final yet.</p>
      ) : (
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
                <Row key={each.metric} followed={each} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  )
}

function Row({ followed }: { followed: MetricFollowUp }) {
  const { metric, before, after, beforeCount, afterCount, difference, lower, upper, verdict } = followed
  return (
    <tr>
      <th scope="row">{metrics[metric].label}</th>
      <td data-label="Before">{before === null ? '–' : `${formatShare(before)} of ${beforeCount}`}</td>
      <td data-label="After">{after === null ? '–' : `${formatShare(after)} of ${afterCount}`}</td>
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
