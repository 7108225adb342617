import type { Kysely, Selectable } from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema, WeeklyCountsTable } from '../warehouse/warehouse-schema.ts'

/** The weeks that begin from..through (YYYY-MM-DD, both included), of one type or all; by week, then type. */
export async function listWeeklyCounts(
  warehouse: { db: Kysely<WarehouseSchema>; dialect: SqlDialect },
  filter: { from: string; through: string; interactionType?: string },
): Promise<Selectable<WeeklyCountsTable>[]> {
  const { db, dialect } = warehouse
  let query = db
    .selectFrom('weekly_counts')
    .selectAll()
    .where((eb) => eb.between('week_start', dialect.day(filter.from), dialect.day(filter.through)))
    .orderBy('week_start')
    .orderBy('interaction_type')
  if (filter.interactionType !== undefined) query = query.where('interaction_type', '=', filter.interactionType)
  return query.execute()
}
