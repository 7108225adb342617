import type { Kysely } from 'kysely'
import { listLastEvents } from '../contacts/list-last-events.ts'
import type { SourceReach } from '../loaded-through.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/**
 * How far each source of the facts reaches. Each load reaches as far as it declared, else to its latest event, and a
 * source as far as its farthest load, so that a late file of an old month takes nothing back. Whether it is live its
 * latest load says. Facts of no recorded load count by their latest event.
 */
export async function listSourceReaches(db: Kysely<WarehouseSchema>): Promise<SourceReach[]> {
  const rows = await db
    .selectFrom('load_sources')
    .innerJoin('loads', 'loads.load_id', 'load_sources.load_id')
    .selectAll('load_sources')
    .orderBy('loads.started_at')
    .orderBy('loads.finished_at')
    .orderBy('loads.load_id')
    .execute()
  const reaches = new Map<string, SourceReach>()
  for (const { source, is_live, declared_through, last_event } of rows) {
    const through = declared_through ?? last_event
    const before = reaches.get(source)
    const isFarther = before === undefined || through.getTime() > before.through.getTime()
    reaches.set(source, {
      source,
      isLive: is_live,
      through: isFarther ? through : before.through,
      isDeclared: isFarther ? declared_through !== null : before.isDeclared,
    })
  }
  for (const { source, lastEvent } of await listLastEvents(db, [...reaches.keys()])) {
    reaches.set(source, { source, isLive: false, through: lastEvent, isDeclared: false })
  }
  return [...reaches.values()].sort((a, b) => a.source.localeCompare(b.source, 'en'))
}
