import type { Kysely } from 'kysely'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { ContactOptions } from './contact-columns.ts'
import { contactRows } from './contact-rows.ts'

/**
 * Makes the view `contacts`. Grain: one interaction that is neither deleted nor test traffic, with its label, escalation,
 * repeat contact, chain, survey, segments and the level in force when it started. Computed when read, from the
 * interactions and the kept stages (docs/decisions/contacts-are-a-view.md).
 */
export async function buildContacts(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  options: ContactOptions,
): Promise<void> {
  await dropContacts(db)
  await db.schema
    .createView('contacts')
    .as(contactRows(db, dialect, options).rows as never)
    .execute()
}

/** Snapshots of earlier versions hold `contacts` as a table. */
async function dropContacts(db: Kysely<WarehouseSchema>): Promise<void> {
  const [found] = await db
    .withTables<{ 'information_schema.tables': { table_schema: string; table_name: string; table_type: string } }>()
    .selectFrom('information_schema.tables')
    .select('table_type')
    .where('table_schema', '=', 'main')
    .where('table_name', '=', 'contacts')
    .execute()
  if (found === undefined) return
  if (found.table_type === 'VIEW') await db.schema.dropView('contacts').execute()
  else await db.schema.dropTable('contacts').execute()
}
