import { formatCount, formatShare } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { cellsOf, sumCells } from '../comparison/sum-cells.ts'
import { rowsHref } from '../rows-href.ts'
import { changeNote, type Headline, type HeadlineInput, rate, seriesOf } from './headline.ts'

/** In how many of the contacts the AI took part. A full count, so nothing is put down to chance. */
export function aiShareHeadline(input: HeadlineInput): Headline {
  const { month, months, points } = input
  const summed = { metric: 'ai_share', cohort: 'all' } as const
  const counts = (at: string) => sumCells(points, cellsOf(points, at), summed)
  const now = counts(month)
  return {
    metric: 'ai_share',
    label: metrics.ai_share.label,
    value: rate(now) === null ? null : formatShare(now.numerator / now.denominator),
    beside: `of ${formatCount(now.denominator)} contacts`,
    note: changeNote(input, summed, false),
    href: rowsHref({ ...summed, interactionType: null, month, part: 'numerator', filter: points.filter }),
    series: seriesOf(months, points, (at) => rate(counts(at))),
  }
}
