import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** When each fact happened: the first of these instants that is there. */
const instants = {
  interactions: ['ended_at', 'started_at'],
  escalations: ['escalated_at'],
  qa_reviews: ['reviewed_at', 'sampled_at'],
  csat_responses: ['responded_at', 'offered_at'],
} as const
type Entity = keyof typeof instants

/**
 * Latest event of each source but those in `known`, over contacts, escalations, reviews and surveys. Due times and the
 * sources' own `updated_at` are no events: the first lie ahead, the second tell when a record was touched.
 */
export async function listLastEvents(
  db: Kysely<WarehouseSchema>,
  known: readonly string[],
): Promise<{ source: string; lastEvent: Date }[]> {
  const latest = new Map<string, Date>()
  for (const entity of Object.keys(instants) as Entity[]) {
    if (await isOfOneSource(db, entity, known)) continue
    const rows = await db
      .selectFrom(entity as 'interactions')
      .select((eb) => [
        'source',
        eb.fn.max(eb.fn<Date | null>('coalesce', [...instants[entity]] as 'started_at'[])).as('last_event'),
      ])
      .where((eb) => eb.and(known.map((source) => eb('source', '!=', source))))
      .groupBy('source')
      .execute()
    for (const { source, last_event } of rows) {
      const before = latest.get(source)
      if (last_event !== null && (before === undefined || last_event > before)) latest.set(source, last_event)
    }
  }
  return [...latest].map(([source, lastEvent]) => ({ source, lastEvent }))
}

/** All rows are of one of these sources. The engine knows least and greatest of a column without reading the rows. */
async function isOfOneSource(db: Kysely<WarehouseSchema>, entity: Entity, known: readonly string[]): Promise<boolean> {
  const { least, greatest } = await db
    .selectFrom(entity as 'interactions')
    .select((eb) => [eb.fn.min('source').as('least'), eb.fn.max('source').as('greatest')])
    .executeTakeFirstOrThrow()
  return least === greatest && known.includes(least)
}
