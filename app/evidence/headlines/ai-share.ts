import { formatCount, formatShare } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { poolCounts } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import { changeNote, type Headline, type HeadlineInput, previous, rate, seriesOf } from './headline.ts'

/** In how many of them the AI took part. */
export function aiShareHeadline({ month, months, points }: HeadlineInput): Headline {
  const counts = (at: string) =>
    poolCounts(points, { months: [at], types: points.typesIn(at), metric: 'ai_share', cohort: 'all' })
  const now = counts(month)
  return {
    metric: 'ai_share',
    label: metrics.ai_share.label,
    value: rate(now) === null ? null : formatShare(now.numerator / now.denominator),
    beside: `${formatCount(now.numerator)} of ${formatCount(now.denominator)}`,
    note: changeNote(points, month, now, counts(previous(month)), false),
    href: rowsHref({ interactionType: null, month, metric: 'ai_share', cohort: 'all', part: 'numerator' }),
    series: seriesOf(months, points, (at) => rate(counts(at))),
  }
}
