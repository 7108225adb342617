import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** Interaction types with at least one contact, by name. */
export async function listTypes(db: Kysely<WarehouseSchema>): Promise<string[]> {
  const rows = await db
    .selectFrom('monthly_metrics')
    .select('interaction_type')
    .distinct()
    .orderBy('interaction_type')
    .execute()
  return rows.map((row) => row.interaction_type)
}
