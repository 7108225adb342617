import { formatCount, formatMetricInterval, formatMetricValue, formatMonth } from '#models/format-metric.ts'
import { type Cohort, type CsatScale, type MetricId, type MetricPoint, metrics } from '#models/metrics.ts'
import type { MonthPoint } from '../../charts/month-point.ts'
import { sampleSize } from '../../data/sample-size.ts'
import type { FactTable } from '../../exports/fact-table.ts'
import { metricPointFacts } from '../metric-point-facts.ts'
import type { PointIndex } from '../point-index.ts'
import { rowsHref } from '../rows-href.ts'
import type { TwinTable } from './chart-view.ts'

export interface SeriesKey {
  interactionType: string
  metric: MetricId
  cohort: Cohort
  scale?: CsatScale | null
}

/** A metric by month as a chart shows it: no value under the metric's least sample, what is counted in every point. */
export function monthSeries(points: PointIndex, months: readonly string[], key: SeriesKey): MonthPoint[] {
  return months.map((month) => {
    const point = points.find({ ...key, month })
    const isShown =
      point !== undefined && point.value !== null && point.denominator >= metrics[key.metric].minimumSample
    return {
      month,
      value: isShown ? point.value : null,
      lower: isShown ? point.lower : null,
      upper: isShown ? point.upper : null,
      isProvisional: points.isProvisional(month),
      text: `${formatMonth(month)}: ${isShown ? describePoint(point) : 'not shown'}${points.isProvisional(month) ? ', provisional' : ''}`,
      href: isShown ? rowsHref({ ...key, month, part: 'denominator', filter: points.filter }) : null,
    }
  })
}

/** 4.6 % (2.7 to 7.9), 12 of 260 */
function describePoint(point: MetricPoint): string {
  if (point.value === null) return 'not measured'
  const value = formatMetricValue(point.metric, point.value)
  const interval =
    point.lower === null || point.upper === null
      ? ''
      : ` (${formatMetricInterval(point.metric, point.lower, point.upper)})`
  return `${value}${interval}, ${countOfPoint(point)}`
}

function countOfPoint(point: MetricPoint): string {
  const weighted = point.effectiveSize === null ? '' : ', weighted by stratum'
  return metrics[point.metric].unit === 'share'
    ? `${formatCount(point.numerator)} of ${formatCount(point.denominator)}${weighted}`
    : sampleSize(point.metric, point.denominator)
}

/** The same series as a table: month, value, interval, count with its rows. */
export function seriesTwin(
  points: PointIndex,
  months: readonly string[],
  key: SeriesKey,
  head: { value: string; count: string },
): TwinTable {
  const minimum = metrics[key.metric].minimumSample
  return {
    head: ['Month', head.value, '95\u202f% interval', head.count],
    rows: months.map((month) => {
      const point = points.find({ ...key, month })
      const label = `${formatMonth(month)}${points.isProvisional(month) ? ', provisional' : ''}`
      if (point === undefined || point.value === null) {
        return { month, label, cells: [cell('– not measured'), cell('–'), cell('–')] }
      }
      const isShown = point.denominator >= minimum
      const interval =
        isShown && point.lower !== null && point.upper !== null
          ? formatMetricInterval(key.metric, point.lower, point.upper)
          : '–'
      return {
        month,
        label,
        cells: [
          cell(isShown ? formatMetricValue(key.metric, point.value) : `– shown from ${minimum}`),
          cell(interval),
          {
            text: metrics[key.metric].unit === 'share' ? countOfPoint(point) : formatCount(point.denominator),
            href: rowsHref({ ...key, month, part: 'denominator', filter: points.filter }),
          },
        ],
      }
    }),
  }
}

/** The numbers of the series one after the other, unrounded; months without contacts have no row. */
export function seriesFacts(points: PointIndex, months: readonly string[], keys: readonly SeriesKey[]): FactTable {
  return metricPointFacts(keys.flatMap((key) => months.flatMap((month) => points.find({ ...key, month }) ?? [])))
}

function cell(text: string) {
  return { text, href: null }
}

/** The series in one sentence for readers who do not see the chart: first, latest, lowest and highest month. */
export function seriesSummary(points: PointIndex, months: readonly string[], key: SeriesKey): string {
  const shown = months.flatMap((month) => {
    const point = points.find({ ...key, month })
    return point !== undefined && point.value !== null && point.denominator >= metrics[key.metric].minimumSample
      ? [point]
      : []
  })
  const [first, last] = [shown[0], shown.at(-1)]
  if (first === undefined || last === undefined) return 'No month has enough to show a value.'
  const said = (point: MetricPoint) => `${formatMonth(point.month)} ${describePoint(point)}`
  if (shown.length === 1) return `One month: ${said(first)}.`
  const sorted = [...shown].sort((a, b) => (a.value ?? 0) - (b.value ?? 0))
  const [lowest, highest] = [sorted[0] ?? first, sorted.at(-1) ?? last]
  return `${shown.length} months, from ${said(first)} to ${said(last)}. Lowest ${said(lowest)}; highest ${said(highest)}.`
}
