import { formatCount, formatShare } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { poolCounts } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import { changeNote, type Headline, type HeadlineInput, rate, seriesOf } from './headline.ts'

/** Drawn reviews that were completed. */
export function reviewsDoneHeadline(input: HeadlineInput): Headline {
  const { month, months, points } = input
  const counts = (at: string) =>
    poolCounts(points, { months: [at], types: points.typesIn(at), metric: 'qa_completion', cohort: 'ai_participated' })
  const onTime = rate(
    poolCounts(points, {
      months: [month],
      types: points.typesIn(month),
      metric: 'qa_on_time_rate',
      cohort: 'ai_participated',
    }),
  )
  const now = counts(month)
  const value = rate(now)
  return {
    metric: 'qa_completion',
    label: metrics.qa_completion.label,
    value: value === null ? null : formatShare(value, value > 0.995 && value < 1 ? 1 : 0),
    beside: value === null ? null : `${formatCount(now.numerator)} of ${formatCount(now.denominator)} drawn`,
    note:
      value === null
        ? 'No random review was drawn'
        : `${changeNote(input, { metric: 'qa_completion', cohort: 'ai_participated' }, false)}${onTime === null ? '' : `; ${formatShare(onTime, 0)} on time`}`,
    href:
      value === null
        ? null
        : rowsHref({
            interactionType: null,
            month,
            metric: 'qa_completion',
            cohort: 'ai_participated',
            part: 'denominator',
            filter: points.filter,
          }),
    series: seriesOf(months, points, (at) => rate(counts(at))),
  }
}
