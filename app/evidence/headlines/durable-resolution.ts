import { formatDifference, formatShare, formatShareInterval } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import { cellsOf, sumCells } from '../comparison/sum-cells.ts'
import { rowsHref } from '../rows-href.ts'
import { changeNote, type Headline, type HeadlineInput, rate, seriesOf } from './headline.ts'

/** What stayed resolved of what the AI took part in; what the supplier claims of the same contacts beside it. */
export function durableResolutionHeadline(input: HeadlineInput): Headline {
  const { month, months, points } = input
  const summed = { metric: 'durable_resolution_rate', cohort: 'ai_participated' } as const
  const counts = (at: string) => sumCells(points, cellsOf(points, at), summed)
  const now = counts(month)
  const value = rate(now)
  const claimed = rate(sumCells(points, cellsOf(points, month), { ...summed, metric: 'claimed_resolution_rate' }))
  const { lower, upper } = wilsonInterval(now.numerator, Math.max(now.denominator, 1))
  return {
    metric: summed.metric,
    label: metrics.durable_resolution_rate.label,
    value: value === null ? null : formatShare(value),
    beside: value === null ? null : `(${formatShareInterval(lower, upper)})`,
    note:
      value === null || claimed === null
        ? 'No AI contact with a claim and a known customer has matured'
        : `Claimed ${formatShare(claimed)}, gap ${formatDifference(claimed - value).replace('+', '')}; ${lowerFirst(changeNote(input, summed, true))}`,
    href:
      value === null
        ? null
        : rowsHref({ ...summed, interactionType: null, month, part: 'denominator', filter: points.filter }),
    series: seriesOf(months, points, (at) => rate(counts(at))),
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
