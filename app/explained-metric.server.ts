import { explainMetric, type MetricExplanation } from '#models/explain-metric.ts'
import { type MetricId, metricIds } from '#models/metrics.ts'
import { OversightError } from '#models/oversight-error.ts'
import { reportingTimeZone } from './reporting-time-zone.server.ts'
import { snapshotInfo } from './warehouse.server.ts'

export interface ExplainedMetric extends MetricExplanation {
  metric: MetricId
  /** Until when the served snapshot observed events, which decides what is mature; null before the first load. */
  watermark: Date | null
}

/** A metric with the SQL that gives it in the served snapshot. Throws not_found for what is no metric. */
export async function getExplainedMetric(name: string): Promise<ExplainedMetric> {
  const metric = metricIds.find((id) => id === name)
  if (metric === undefined) throw new OversightError('not_found', `There is no metric "${name}".`)
  const watermark = (await snapshotInfo())?.loadedThrough ?? null
  return { metric, watermark, ...explainMetric(metric, { reportingTimeZone: await reportingTimeZone(), watermark }) }
}
