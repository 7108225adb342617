import { factTableCsv } from '../../exports/fact-table.ts'
import { metricPointFacts } from '../metric-point-facts.ts'
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
  return factTableCsv(metricPointFacts(found))
}
