import type { MetricPoint } from '#models/metrics.ts'
import { tableCsv } from '../../exports/table-csv.ts'
import type { PointIndex } from '../point-index.ts'
import type { MetricColumn } from './metric-table.ts'

/** The numbers of a metric table, one row per type and metric, unrounded. */
export function metricTableCsv(input: {
  month: string
  types: readonly string[]
  points: PointIndex
  columns: readonly MetricColumn[]
}): string {
  const { month, types, points, columns } = input
  const found = types.flatMap((interactionType) =>
    columns.flatMap((column) => points.find({ ...column, interactionType, month, scale: null }) ?? []),
  )
  return tableCsv(csvColumns, found)
}

const csvColumns = {
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
} satisfies Parameters<typeof tableCsv<MetricPoint>>[0]
