import { createHash } from 'node:crypto'
import { contactRows } from '../contacts/contact-rows.ts'
import { contactStages } from '../contacts/stage-contacts.ts'
import { countedColumns, dailyCounts } from '../daily/build-daily-counts.ts'
import { metrics } from '../metrics.ts'
import { metricParts } from '../monthly/metric-parts.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { tableColumns } from '../warehouse/table-columns.ts'

/** Any: the watermark is no definition. */
const watermark = new Date('2026-01-01T00:00:00Z')

/**
 * SHA-256 (hex) of what every number of the models rests on beside the facts: the very queries, the columns they fill, the
 * metric catalogue, the levels in force and the reporting time zone. Another hash makes every number another one.
 */
export async function foundationHash(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  reportingTimeZone: string,
): Promise<string> {
  const { db, dialect } = warehouse
  const levels = await db
    .selectFrom('levels_in_force')
    .selectAll()
    .orderBy('interaction_type')
    .orderBy('effective_from')
    .orderBy('effective_to')
    .orderBy('oversight_level')
    .execute()
  const queries = [
    ...contactStages(warehouse).map(({ query }) => query.compile()),
    contactRows(db, dialect, { reportingTimeZone, watermark }).rows.compile(),
    dailyCounts(warehouse, countedColumns).compile(),
  ].map(({ sql, parameters }) => ({ sql, parameters }))
  return createHash('sha256')
    .update(
      JSON.stringify({
        queries,
        columns: tableColumns.monthly_metrics,
        metrics,
        metricParts,
        levels,
        reportingTimeZone,
      }),
    )
    .digest('hex')
}
