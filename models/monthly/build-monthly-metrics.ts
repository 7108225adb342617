import { type Month, monthEnd } from '../reporting-month.ts'
import { appendRows } from '../warehouse/append-rows.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { MonthlyMetricsTable } from '../warehouse/warehouse-schema.ts'
import { listMonthCounts, type MonthCounts } from './month-counts.ts'
import { monthMetrics } from './month-metrics.ts'

const hourMilliseconds = 60 * 60 * 1000

/**
 * Grain: month x type x metric x cohort x CSAT scale. Fills the empty table `monthly_metrics` from `daily_counts`;
 * a metric is final when `loadedThrough` has passed the month's end by the metric's maturity.
 */
export async function buildMonthlyMetrics(
  warehouse: Pick<Warehouse, 'db' | 'dialect' | 'connection'>,
  options: { reportingTimeZone: string; loadedThrough: Date | null },
): Promise<void> {
  const groups = new Map<string, MonthCounts[]>()
  for (const row of await listMonthCounts(warehouse.db, warehouse.dialect)) {
    const key = JSON.stringify([row.month, row.interaction_type])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  const rows: MonthlyMetricsTable[] = []
  for (const counts of groups.values()) {
    const [first] = counts
    if (first === undefined) continue
    const end = monthEnd(first.month as Month, options.reportingTimeZone).getTime()
    const reached = options.loadedThrough?.getTime() ?? Number.NEGATIVE_INFINITY
    const isFinal = (maturityHours: number) => reached >= end + maturityHours * hourMilliseconds
    for (const row of monthMetrics(counts, isFinal)) {
      rows.push({ contact_month: `${first.month}-01`, interaction_type: first.interaction_type, ...row })
    }
  }
  await appendRows(warehouse, 'monthly_metrics', rows)
}
