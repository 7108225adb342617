import { type ContactFilter, fitsFilter } from '../contacts/contact-filter.ts'
import type { MetricId, MetricPoint } from '../metrics.ts'
import type { Month } from '../reporting-month.ts'
import { listWeightedEstimates } from '../sampling/list-weighted-estimates.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { toMetricPoint } from './list-metric-points.ts'
import { metricParts } from './metric-parts.ts'
import { monthContext } from './month-context.ts'
import { type MonthCounts, monthCounts, type SumColumn } from './month-counts.ts'
import { type MonthContext, monthMetrics } from './month-metrics.ts'

/**
 * The monthly numbers of the contacts that fit the filter, as listMetricPoints gives them for all contacts: computed from
 * sums of the daily counts, every month. A month in which no contact of a type fits has no points of it. Only the metrics
 * named, what random reviews say by their strata as there; `qa_oldest_open_days` is none of them, since daily counts
 * hold no ages.
 */
export async function listFilteredPoints(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  options: {
    contacts: ContactFilter
    metrics: readonly Exclude<MetricId, 'qa_oldest_open_days'>[]
    reportingTimeZone: string
    loadedThrough: Date | null
  },
): Promise<MetricPoint[]> {
  const rows = (await monthCounts({ db, dialect }, columnsOf(options.metrics))
    .where((eb) => fitsFilter(eb, 'daily_counts', options.contacts))
    .execute()) as unknown as MonthCounts[]
  const weighted = options.metrics.some((metric) => metricParts[metric].reviewed !== undefined)
    ? await listWeightedEstimates({ db, dialect }, { ...options, from: null })
    : () => undefined
  const groups = new Map<string, MonthCounts[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.month, row.interaction_type])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return [...groups].flatMap(([key, counts]) => {
    const [month, interaction_type] = JSON.parse(key) as [string, string]
    const context: MonthContext = {
      ...monthContext(month as Month, options),
      oldestOpenDays: () => null,
      weightedEstimate: (of, cohort) =>
        weighted(of, { month: month as Month, interactionType: interaction_type, cohort }),
    }
    return monthMetrics(counts, context, options.metrics).map((row) =>
      toMetricPoint({ ...row, contact_month: `${month}-01`, interaction_type }),
    )
  })
}

/** Every sum that these metrics are made of. Which CSAT scales have rows is read from what was offered. */
function columnsOf(ids: readonly MetricId[]): SumColumn[] {
  const columns = new Set<SumColumn>()
  for (const id of ids) {
    const { numerator, denominator, perDayOf, mean, isPerScale } = metricParts[id]
    for (const part of [numerator, denominator, perDayOf]) {
      if (part === null || part === undefined) continue
      columns.add(part.count)
      if (part.without !== undefined) columns.add(part.without)
    }
    if (mean !== null) columns.add(mean.sum)
    if (mean?.squares != null) columns.add(mean.squares)
    if (isPerScale) columns.add('csat_offered_count')
  }
  return [...columns]
}
