import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

const entities = ['interactions', 'qa_reviews', 'escalations', 'csat_responses'] as const

/** Rows of each entity that the models read; only those of one load when it is given. */
export async function countFacts(db: Kysely<WarehouseSchema>, loadId?: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const entity of entities) {
    const row = await db
      .selectFrom(entity as 'interactions')
      .$if(loadId !== undefined, (query) => query.where('load_id', '=', loadId ?? ''))
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    counts[entity] = Number(row.count)
  }
  return counts
}
