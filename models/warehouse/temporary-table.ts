import type { Compilable, Kysely } from 'kysely'
import { orReplace } from './duckdb-sql.ts'
import type { WarehouseSchema } from './warehouse-schema.ts'

/** Makes a temporary table anew from the rows of a query. */
export async function makeTemporary(db: Kysely<WarehouseSchema>, table: string, query: Compilable): Promise<void> {
  await db.schema
    .createTable(table)
    .modifyFront(orReplace)
    .temporary()
    .as(query as never)
    .execute()
}

export async function dropTemporary(db: Kysely<WarehouseSchema>, table: string): Promise<void> {
  await db.schema.dropTable(table).ifExists().execute()
}
