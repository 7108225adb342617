import type { Kysely } from 'kysely'
import type { MetricId, MetricPoint } from '../metrics.ts'
import type { Month } from '../reporting-month.ts'
import type { MonthlyMetricsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { monthOfDay } from './list-months.ts'

/**
 * The monthly numbers of the months from..through (both included), of one type or all, of one metric or all; by month,
 * type, metric, cohort, scale. A month without contacts of a type has no rows.
 */
export async function listMetricPoints(
  db: Kysely<WarehouseSchema>,
  filter: { from: Month; through: Month; interactionType?: string; metric?: MetricId },
): Promise<MetricPoint[]> {
  let query = db
    .selectFrom('monthly_metrics')
    .selectAll()
    .where('contact_month', '>=', `${filter.from}-01`)
    .where('contact_month', '<=', `${filter.through}-01`)
    .orderBy('contact_month')
    .orderBy('interaction_type')
    .orderBy('metric')
    .orderBy('cohort')
    .orderBy('scale')
  if (filter.interactionType !== undefined) query = query.where('interaction_type', '=', filter.interactionType)
  if (filter.metric !== undefined) query = query.where('metric', '=', filter.metric)
  const rows = await query.execute()
  return rows.map(toMetricPoint)
}

export function toMetricPoint(row: MonthlyMetricsTable): MetricPoint {
  return {
    month: monthOfDay(row.contact_month),
    interactionType: row.interaction_type,
    metric: row.metric,
    cohort: row.cohort,
    scale: row.scale === 'none' ? null : row.scale,
    numerator: row.numerator,
    denominator: row.denominator,
    sumOfSquares: row.sum_of_squares,
    // Snapshots that were built before it was have no such column.
    effectiveSize: row.effective_size ?? null,
    value: row.value,
    lower: row.lower,
    upper: row.upper,
    isFinal: row.is_final,
    definitionVersion: row.definition_version,
  }
}
