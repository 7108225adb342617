import { CompiledQuery, type Kysely } from 'kysely'
import type { WarehouseSchema } from './warehouse-schema.ts'

/**
 * Runs what `use` runs with joins in the order in which they are written: the first table streams, what is joined to it
 * is kept in memory. The engine takes a filter to keep a fifth of the rows, whatever it is, and would keep the facts.
 */
export async function withJoinsAsWritten<T>(db: Kysely<WarehouseSchema>, use: () => Promise<T>): Promise<T> {
  await db.executeQuery(CompiledQuery.raw("set disabled_optimizers = 'join_order,build_side_probe_side'"))
  try {
    return await use()
  } finally {
    await db.executeQuery(CompiledQuery.raw('reset disabled_optimizers'))
  }
}
