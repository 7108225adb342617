import { formatCount, formatDifference, formatMetricValue, formatMonth, formatPoints } from '#models/format-metric.ts'
import { type Cohort, type CsatScale, type MetricId, metrics } from '#models/metrics.ts'
import type { Restatement } from '#models/restatements/list-restatements.ts'
import { csatScaleMarks } from '../evidence/pooled-counts.ts'
import { rowsHref, typeHref } from '../evidence/rows-href.ts'
import { sampleSize } from './sample-size.ts'

/** A restated number in words. */
export interface RestatementRow {
  key: string
  month: string
  monthText: string
  interactionType: string
  typeHref: string
  /** Name of the metric with the contacts it is of. */
  what: string
  before: string
  beforeCounts: string | null
  after: string
  afterCounts: string | null
  /** null where one of the two has no value. */
  difference: string | null
  rowsHref: string
  loadId: string | null
  restatedAt: Date
}

const cohortWords: Readonly<Record<Cohort, string>> = {
  all: 'all contacts',
  ai: 'AI alone',
  ai_assisted: 'AI assisted',
  ai_participated: 'AI contacts',
  human: 'contacts of people',
}

/** Restatements of metrics that are still in the catalogue; one that was dropped since has no words any more. */
export function restatementRows(restatements: readonly Restatement[]): RestatementRow[] {
  return restatements.flatMap((one) => {
    if (!isMetric(one.metric)) return []
    const { metric, interactionType, before, after, restatedAt, loadId } = one
    const month = one.contactMonth.slice(0, 7)
    const cohort = one.cohort as Cohort
    const scale = one.scale === '' ? null : (one.scale as CsatScale)
    return [
      {
        key: [month, interactionType, metric, cohort, one.scale, restatedAt.toISOString()].join(' '),
        month,
        monthText: formatMonth(month),
        interactionType,
        typeHref: typeHref(interactionType, month),
        what: `${metrics[metric].label}, ${cohortWords[cohort]}${scale === null ? '' : `, ${csatScaleMarks[scale]}`}`,
        before: valueText(metric, before.value),
        beforeCounts: countsText(metric, before),
        after: valueText(metric, after.value),
        afterCounts: countsText(metric, after),
        difference:
          before.value === null || after.value === null ? null : differenceText(metric, after.value - before.value),
        rowsHref: rowsHref({
          interactionType,
          month,
          metric,
          cohort,
          scale,
          part: metrics[metric].denominator === 'none' ? 'numerator' : 'denominator',
        }),
        loadId,
        restatedAt,
      },
    ]
  })
}

function isMetric(name: string): name is MetricId {
  return name in metrics
}

function valueText(metric: MetricId, value: number | null): string {
  return value === null ? '–' : formatMetricValue(metric, value)
}

function countsText(metric: MetricId, { numerator, denominator }: Restatement['before']): string | null {
  if (numerator === null || denominator === null || metrics[metric].denominator === 'none') return null
  return metrics[metric].unit === 'share'
    ? `${formatCount(numerator)} of ${formatCount(denominator)}`
    : sampleSize(metric, denominator)
}

function differenceText(metric: MetricId, difference: number): string {
  if (metrics[metric].unit === 'share') return formatDifference(difference)
  const size = metrics[metric].unit === 'count' ? formatCount(Math.abs(difference)) : formatPoints(Math.abs(difference))
  return `${difference < 0 ? '\u2212' : '+'}${size}`
}
