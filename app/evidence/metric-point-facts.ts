import type { MetricPoint } from '#models/metrics.ts'
import type { FactTable } from '../exports/fact-table.ts'

const columns = {
  month: (point: MetricPoint) => point.month,
  interaction_type: (point) => point.interactionType,
  metric: (point) => point.metric,
  cohort: (point) => point.cohort,
  numerator: (point) => point.numerator,
  denominator: (point) => point.denominator,
  value: (point) => point.value,
  lower: (point) => point.lower,
  upper: (point) => point.upper,
  is_final: (point) => point.isFinal,
  definition_version: (point) => point.definitionVersion,
  scale: (point) => point.scale,
  effective_size: (point) => point.effectiveSize,
} satisfies Record<string, (point: MetricPoint) => string | number | boolean | null>

/** Monthly numbers with everything that belongs to them: counts, unrounded value, interval, whether final. */
export function metricPointFacts(points: readonly MetricPoint[]): FactTable {
  return {
    columns: Object.keys(columns),
    rows: points.map((point) => Object.values(columns).map((of) => of(point))),
  }
}
