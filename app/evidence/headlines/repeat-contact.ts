import { formatMetricInterval, formatShare } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import { poolCounts } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import { changeNote, type Headline, type HeadlineInput, rate, seriesOf } from './headline.ts'

/** Contacts followed by another about the same issue, whoever handled them. */
export function repeatContactHeadline(input: HeadlineInput): Headline {
  const { month, months, points } = input
  const counts = (at: string) =>
    poolCounts(points, { months: [at], types: points.typesIn(at), metric: 'repeat_contact_rate_48h', cohort: 'all' })
  const known = poolCounts(points, {
    months: [month],
    types: points.typesIn(month),
    metric: 'repeat_match_coverage',
    cohort: 'all',
  })
  const now = counts(month)
  const value = rate(now)
  const { lower, upper } = value === null ? { lower: 0, upper: 0 } : wilsonInterval(now.numerator, now.denominator)
  const coverage = rate(known)
  const covered = coverage === null || coverage > 0.995 ? '' : `; customer known for ${formatShare(coverage, 0)}`
  return {
    metric: 'repeat_contact_rate_48h',
    label: metrics.repeat_contact_rate_48h.label,
    value: value === null ? null : formatShare(value),
    beside: value === null ? null : `(${formatMetricInterval('repeat_contact_rate_48h', lower, upper)})`,
    note:
      value === null
        ? known.denominator > 0 && known.numerator === 0
          ? 'No contact names its customer'
          : 'No contact has matured yet'
        : `${changeNote(input, { metric: 'repeat_contact_rate_48h', cohort: 'all' }, true)}${covered}`,
    href:
      value === null
        ? null
        : rowsHref({
            interactionType: null,
            month,
            metric: 'repeat_contact_rate_48h',
            cohort: 'all',
            part: 'numerator',
            filter: points.filter,
          }),
    series: seriesOf(months, points, (at) => rate(counts(at))),
  }
}
