import { formatCount, monthName } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { daysInMonth, parseMonth } from '#models/reporting-month.ts'
import { poolCounts } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import {
  type Headline,
  type HeadlineInput,
  isComparable,
  notCompared,
  previous,
  seriesOf,
  signedShare,
} from './headline.ts'

/** How many contacts started in the month. */
export function contactsHeadline({ month, months, points }: HeadlineInput): Headline {
  const totalOf = (at: string) =>
    poolCounts(points, { months: [at], types: points.typesIn(at), metric: 'volume', cohort: 'all' }).numerator
  const now = totalOf(month)
  const before = totalOf(previous(month))
  return {
    metric: 'volume',
    label: metrics.volume.label,
    value: formatCount(now),
    beside: `${formatCount(Math.round(now / daysInMonth(parseMonth(month))))} a day`,
    note:
      isComparable(points, month) && before > 0
        ? `${signedShare(now / before - 1)} from ${monthName(previous(month))}`
        : notCompared(points, month),
    href: rowsHref({ interactionType: null, month, metric: 'volume', cohort: 'all', part: 'numerator' }),
    series: seriesOf(months, points, (at) => totalOf(at) || null),
  }
}
