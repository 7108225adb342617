import { type MetricId, metrics } from '../metrics.ts'
import type { Month } from '../reporting-month.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { listTotalCounts } from './month-counts.ts'
import { countedParts } from './month-metrics.ts'

/**
 * Metrics whose monthly counts, added up over types and months, are not what the daily counts give at once. A month that
 * an incremental build left as it was shows here. Months `from` and later; null: all.
 */
export async function listMetricsApart(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  from: Month | null,
): Promise<MetricId[]> {
  const months = await db
    .selectFrom('monthly_metrics')
    .$if(from !== null, (query) => query.where('contact_month', '>=', dialect.day(`${from}-01`)))
    .select(['metric', 'cohort', 'scale'])
    .select((eb) => [
      eb.fn.sum<number>('numerator').as('numerator'),
      eb.fn.sum<number>('denominator').as('denominator'),
    ])
    .groupBy(['metric', 'cohort', 'scale'])
    .execute()
  const counts = await listTotalCounts({ db, dialect }, from)
  const keyOf = (row: { metric: string; cohort: string; scale: string }) => `${row.metric} ${row.cohort} ${row.scale}`
  const expected = new Map(counts.length === 0 ? [] : countedParts(counts).map((row) => [keyOf(row), row]))
  const summed = new Map(months.map((row) => [keyOf(row), row]))
  const apart = [...expected, ...summed].flatMap(([key, { metric }]) => {
    const [one, other] = [expected.get(key), summed.get(key)]
    if (one === undefined || other === undefined) return [metric]
    // An age is no sum.
    const isNumeratorApart = metrics[metric].unit !== 'days' && isApart(other.numerator, one.numerator)
    return isNumeratorApart || isApart(other.denominator, one.denominator) ? [metric] : []
  })
  return [...new Set(apart)]
}

/** Sums of hundredths, divided month by month, may differ in their last bits. */
function isApart(found: number, expected: number): boolean {
  return Math.abs(Number(found) - expected) > 1e-9 * Math.max(1, Math.abs(expected))
}
