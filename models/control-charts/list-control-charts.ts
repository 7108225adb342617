import type { Kysely } from 'kysely'
import { type Cohort, type CsatScale, type MetricId, type MetricPoint, metrics } from '../metrics.ts'
import { listMetricPoints } from '../monthly/list-metric-points.ts'
import type { Month } from '../reporting-month.ts'
import { effectiveCounts } from '../statistics/effective-counts.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type ControlChart, controlCharts } from './control-chart.ts'

export interface MetricCharts {
  metric: MetricId
  cohort: Cohort
  scale: CsatScale | null
  /** One for each definition of the metric, the newest last. Never empty. */
  charts: readonly ControlChart[]
}

/**
 * The control charts of every metric of one type over the months from..through, by metric, cohort and scale. Final months
 * only; months without a value are left out, and a metric without any is not listed.
 */
export async function listControlCharts(
  db: Kysely<WarehouseSchema>,
  filter: { from: Month; through: Month; interactionType: string },
): Promise<MetricCharts[]> {
  return chartMetricPoints(await listMetricPoints(db, filter))
}

/** The same from points that are read already: of one type, by month. */
export function chartMetricPoints(points: readonly MetricPoint[]): MetricCharts[] {
  const series = new Map<string, MetricPoint[]>()
  for (const point of points) {
    if (!point.isFinal || point.value === null) continue
    const key = `${point.metric}|${point.cohort}|${point.scale ?? ''}`
    const own = series.get(key)
    if (own === undefined) series.set(key, [point])
    else own.push(point)
  }
  return [...series]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own
      if (first === undefined) return []
      const months = own.map((point) => ({
        month: point.month,
        value: point.value ?? 0,
        ...countsOf(point),
        definitionVersion: point.definitionVersion,
      }))
      const { metric, cohort, scale } = first
      return [{ metric, cohort, scale, charts: controlCharts(metric, months) }]
    })
}

/** Of a month whose reviews are weighted: its rate among so many reviews of equal weight as would tell as much. */
function countsOf({ metric, value, numerator, denominator, effectiveSize }: MetricPoint) {
  if (effectiveSize === null || value === null || metrics[metric].unit !== 'share') return { numerator, denominator }
  return effectiveCounts(value, effectiveSize)
}
