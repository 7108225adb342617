import type { Kysely } from 'kysely'
import type { Watermarks } from '../loaded-through.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { countFacts } from './count-facts.ts'

/**
 * Why the models cannot be brought up to date with one load, in words for the operator; null when they can. They can
 * when they were built with the same definitions, levels and time zone, and when the rows of this load are all that came
 * since: rows before, less those replaced, plus those of the load, are the rows now.
 */
export async function whyFullBuild(
  db: Kysely<WarehouseSchema>,
  loadId: string | undefined,
  foundation: string,
  reach: Watermarks,
): Promise<string | null> {
  if (loadId === undefined) return 'asked for'
  const before = await db.selectFrom('model_build').selectAll().executeTakeFirst()
  if (before === undefined) return 'there is nothing to build on'
  if (before.foundation_sha256 !== foundation) {
    return 'definitions, levels in force or the time zone are other ones'
  }
  if (reach.observedThrough === null || reach.loadedThrough === null) return 'the facts reach nowhere'
  const replaced = await db
    .selectFrom('replaced_facts')
    .select((eb) => ['entity', eb.fn.countAll<number>().as('count')])
    .groupBy('entity')
    .execute()
  const [now, loaded] = [await countFacts(db), await countFacts(db, loadId)]
  const known = JSON.parse(before.fact_counts) as Record<string, number>
  const isExplained = Object.keys(now).every((entity) => {
    const gone = replaced.find((row) => row.entity === entity)?.count ?? 0
    return now[entity] === (known[entity] ?? 0) + (loaded[entity] ?? 0) - Number(gone)
  })
  return isExplained ? null : 'facts changed otherwise than by this load'
}
