import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { tableColumns } from '../warehouse/table-columns.ts'
import type { WeeklyCountsTable } from '../warehouse/warehouse-schema.ts'

type WeeklyCount = Extract<keyof WeeklyCountsTable, `${string}_count`>

/** Grain: week x type, AI-participated contacts only. Fills the empty table from `daily_counts`. */
export async function buildWeeklyCounts(warehouse: Pick<Warehouse, 'db' | 'dialect'>): Promise<void> {
  const { db, dialect } = warehouse
  const counts = Object.keys(tableColumns.weekly_counts).filter((column): column is WeeklyCount =>
    column.endsWith('_count'),
  )
  await db
    .insertInto('weekly_counts')
    .columns(['week_start', 'interaction_type', ...counts])
    .expression(
      db
        .selectFrom('daily_counts')
        .where('handled_by', 'in', ['ai', 'ai_assisted'])
        .select((eb) => [
          dialect.weekOf(eb.ref('contact_date')).as('week_start'),
          'interaction_type',
          ...counts.map((column) => eb.fn.sum<number>(column).as(column)),
        ])
        .groupBy((eb) => [dialect.weekOf(eb.ref('contact_date')), 'interaction_type']) as never,
    )
    .execute()
}
