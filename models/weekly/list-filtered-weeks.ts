import { type ContactFilter, fitsFilter } from '../contacts/contact-filter.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { tableColumns } from '../warehouse/table-columns.ts'
import type { WeeklyCountsTable } from '../warehouse/warehouse-schema.ts'

type WeeklyCount = Extract<keyof WeeklyCountsTable, `${string}_count`>

/**
 * As listWeeklyCounts, of the contacts that fit the filter: summed from the daily counts. Weeks that begin from..through
 * (YYYY-MM-DD, both included); a week in which no contact of a type fits has no row.
 */
export async function listFilteredWeeks(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  { contacts, from, through }: { contacts: ContactFilter; from: string; through: string },
): Promise<WeeklyCountsTable[]> {
  const counts = Object.keys(tableColumns.weekly_counts).filter((column): column is WeeklyCount =>
    column.endsWith('_count'),
  )
  const rows = await db
    .selectFrom('daily_counts')
    .where('handled_by', 'in', ['ai', 'ai_assisted'])
    .where((eb) => eb.between(dialect.weekOf(eb.ref('contact_date')), dialect.day(from), dialect.day(through)))
    .where((eb) => fitsFilter(eb, 'daily_counts', contacts))
    .select((eb) => [
      dialect.weekOf(eb.ref('contact_date')).as('week_start'),
      'interaction_type',
      ...counts.map((column) => eb.fn.sum<number>(column).as(column)),
    ])
    .groupBy((eb) => [dialect.weekOf(eb.ref('contact_date')), 'interaction_type'])
    .execute()
  return rows as unknown as WeeklyCountsTable[]
}
