import { formatCount, formatMetricInterval, formatMetricValue } from '#models/format-metric.ts'
import { type Cohort, type MetricId, type MetricPoint, metrics } from '#models/metrics.ts'
import { sampleSize } from '../../data/sample-size.ts'
import { noAiContact } from '../no-ai-contact.ts'
import type { PointIndex } from '../point-index.ts'
import { rowsHref, typeHref } from '../rows-href.ts'

/** A column: one metric of one cohort, with the limit of the policy where there is one. */
export interface MetricColumn {
  metric: MetricId
  cohort: Cohort
  /** Said where nothing was measured. */
  whyNone: string
  /** Least or most that is asked, by the metric's direction; in the metric's unit, 0..1 for shares. */
  limit?: number
  /** Instead, where types have limits of their own; null: none. */
  limitOf?: (interactionType: string) => number | null
}

export interface MetricTableCell {
  metric: MetricId
  /** null: not measured; why says so. */
  text: string | null
  interval: string | null
  counts: string | null
  why: string
  href: string | null
  /** Against the limit, with the interval where there is one; null without a limit. */
  verdict: 'pass' | 'fail' | 'inconclusive' | null
}

interface MetricTableRow {
  interactionType: string
  href: string
  cells: readonly MetricTableCell[]
}

export interface MetricTableView {
  columns: readonly { metric: MetricId; label: string; limitText: string | null }[]
  rows: readonly MetricTableRow[]
}

/** Types by metric for one month: in each cell value, interval and count, and how it lies to its limit. */
export function buildMetricTable(input: {
  month: string
  types: readonly string[]
  points: PointIndex
  columns: readonly MetricColumn[]
}): MetricTableView {
  const { month, types, points, columns } = input
  return {
    columns: columns.map(({ metric, limit, limitOf }) => ({
      metric,
      label: metrics[metric].label,
      limitText:
        limitOf !== undefined
          ? 'limit by risk tier'
          : limit === undefined
            ? null
            : `${metrics[metric].better === 'higher' ? 'at least' : 'at most'} ${formatMetricValue(metric, limit, 0)}`,
    })),
    rows: types.map((interactionType) => ({
      interactionType,
      href: typeHref(interactionType, month, points.filter),
      cells: columns.map(({ limitOf, ...column }) =>
        cellOf(
          { ...column, ...limitIn(limitOf?.(interactionType)) },
          points.find({ ...column, interactionType, month, scale: null }),
          points,
          // Most columns are of the AI's contacts: where there is none, nothing else is missing.
          column.cohort === 'ai_participated' ? noAiContact(points, { interactionType, months: [month] }) : null,
        ),
      ),
    })),
  }
}

/** A type without a limit of its own is not judged. */
function limitIn(limit: number | null | undefined): { limit?: number } {
  return limit === null || limit === undefined ? {} : { limit }
}

function cellOf(
  column: MetricColumn,
  point: MetricPoint | undefined,
  { filter }: Pick<PointIndex, 'filter'>,
  unseen: string | null,
): MetricTableCell {
  const { metric } = column
  const { unit, minimumSample } = metrics[metric]
  const empty = { metric, text: null, interval: null, counts: null, href: null, verdict: null }
  // A count of nothing is no 0: nobody could have been wrong.
  if (unseen !== null) return { ...empty, why: unseen }
  if (point === undefined || point.value === null) return { ...empty, why: column.whyNone }
  const isCount = metrics[metric].denominator === 'none'
  const href = rowsHref({ ...point, part: isCount ? 'numerator' : 'denominator', filter })
  const counts = isCount
    ? null
    : unit === 'share'
      ? `${formatCount(point.numerator)} of ${formatCount(point.denominator)}${point.effectiveSize === null ? '' : ', weighted'}`
      : sampleSize(metric, point.denominator)
  if (!isCount && point.denominator < minimumSample) {
    return {
      ...empty,
      text: counts,
      href,
      why: `A ${unit === 'share' ? 'rate' : 'value'} is shown from ${minimumSample}`,
    }
  }
  const interval =
    point.lower === null || point.upper === null ? null : formatMetricInterval(metric, point.lower, point.upper)
  return {
    metric,
    text: formatMetricValue(metric, point.value),
    interval,
    // Beside an interval there is no room for the noun.
    counts: unit !== 'share' && interval !== null ? `n ${formatCount(point.denominator)}` : counts,
    why: '',
    href,
    verdict: verdictOf(column, point.value, point.lower, point.upper),
  }
}

/** Shown only when the whole interval lies on one side; a full count has no interval and is what it is, and where an interval is
 * missing nobody knows. */
function verdictOf(
  { metric, limit }: MetricColumn,
  value: number,
  lower: number | null,
  upper: number | null,
): MetricTableCell['verdict'] {
  if (limit === undefined) return null
  if (metrics[metric].interval !== 'none' && (lower === null || upper === null)) return 'inconclusive'
  const [low, high] = [lower ?? value, upper ?? value]
  if (metrics[metric].better === 'higher') return low >= limit ? 'pass' : high < limit ? 'fail' : 'inconclusive'
  return high <= limit ? 'pass' : low > limit ? 'fail' : 'inconclusive'
}
