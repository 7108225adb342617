import { type Month, monthEnd } from '../reporting-month.ts'
import { listWeightedEstimates } from '../sampling/list-weighted-estimates.ts'
import { appendRows } from '../warehouse/append-rows.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { MonthlyMetricsTable } from '../warehouse/warehouse-schema.ts'
import { monthContext } from './month-context.ts'
import { listMonthCounts, type MonthCounts } from './month-counts.ts'
import { type MonthContext, monthMetrics } from './month-metrics.ts'
import { listOldestOpenReviews } from './oldest-open-reviews.ts'

const hourMilliseconds = 60 * 60 * 1000
const dayMilliseconds = 24 * hourMilliseconds
/** An open review is followed this long after its month, and no longer. */
const settlingHours = 168

/**
 * Grain: month x type x metric x cohort x CSAT scale. Fills `monthly_metrics` from `daily_counts`,
 * what random reviews say by their strata where these were drawn at different rates; a metric is final when
 * `loadedThrough` has passed the month's end by the metric's maturity.
 */
export async function buildMonthlyMetrics(
  warehouse: Pick<Warehouse, 'db' | 'dialect' | 'connection'>,
  options: {
    reportingTimeZone: string
    loadedThrough: Date | null
    observedThrough: Date | null
    /** Only this month and later ones are computed, in place of what there is of them; null: all, into the empty table. */
    from: Month | null
  },
): Promise<void> {
  const { from } = options
  if (from !== null) {
    await warehouse.db.deleteFrom('monthly_metrics').where('contact_month', '>=', `${from}-01`).execute()
  }
  const groups = new Map<string, MonthCounts[]>()
  for (const row of await listMonthCounts(warehouse.db, warehouse.dialect, from)) {
    const key = JSON.stringify([row.month, row.interaction_type])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  const openSince = await listOldestOpenReviews(warehouse.db, warehouse.dialect, options)
  const weighted = await listWeightedEstimates(warehouse, options)
  const rows: MonthlyMetricsTable[] = []
  // The calendar is slow, and all types share their months.
  const calendar = new Map<Month, { end: number; context: ReturnType<typeof monthContext> }>()
  const ofMonth = (month: Month) => {
    const known = calendar.get(month) ?? {
      end: monthEnd(month, options.reportingTimeZone).getTime(),
      context: monthContext(month, options),
    }
    calendar.set(month, known)
    return known
  }
  for (const counts of groups.values()) {
    const [first] = counts
    if (first === undefined) continue
    const month = first.month as Month
    const { end, context: known } = ofMonth(month)
    const followed = Math.min(
      options.observedThrough?.getTime() ?? Number.NEGATIVE_INFINITY,
      end + settlingHours * hourMilliseconds,
    )
    const context: MonthContext = {
      ...known,
      weightedEstimate: (of, cohort) => weighted(of, { month, interactionType: first.interaction_type, cohort }),
      oldestOpenDays(handlers) {
        const oldest = openSince(month, first.interaction_type, handlers)
        return oldest === null ? null : Math.max(Math.floor((followed - oldest.getTime()) / dayMilliseconds), 0)
      },
    }
    for (const row of monthMetrics(counts, context)) {
      rows.push({ contact_month: `${first.month}-01`, interaction_type: first.interaction_type, ...row })
    }
  }
  await appendRows(warehouse, 'monthly_metrics', rows)
}
