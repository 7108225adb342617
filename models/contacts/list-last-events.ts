import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/**
 * Latest event of each source but those in `known`, over contacts, escalations, reviews and surveys. Due times and the
 * sources' own `updated_at` are no events: the first lie ahead, the second tell when a record was touched.
 */
export async function listLastEvents(
  db: Kysely<WarehouseSchema>,
  known: readonly string[],
): Promise<{ source: string; lastEvent: Date }[]> {
  const rows = await db
    .selectFrom(
      db
        .selectFrom('interactions')
        .select((eb) => ['source', eb.fn.max(eb.fn.coalesce('ended_at', 'started_at')).as('last_event')])
        .$if(known.length > 0, (query) => query.where('source', 'not in', known))
        .groupBy('source')
        .unionAll(
          db
            .selectFrom('escalations')
            .select((eb) => ['source', eb.fn.max('escalated_at').as('last_event')])
            .$if(known.length > 0, (query) => query.where('source', 'not in', known))
            .groupBy('source'),
        )
        .unionAll(
          db
            .selectFrom('qa_reviews')
            .select((eb) => ['source', eb.fn.max(eb.fn.coalesce('reviewed_at', 'sampled_at')).as('last_event')])
            .$if(known.length > 0, (query) => query.where('source', 'not in', known))
            .groupBy('source'),
        )
        .unionAll(
          db
            .selectFrom('csat_responses')
            .select((eb) => ['source', eb.fn.max(eb.fn.coalesce('responded_at', 'offered_at')).as('last_event')])
            .$if(known.length > 0, (query) => query.where('source', 'not in', known))
            .groupBy('source'),
        )
        .as('events'),
    )
    .select((eb) => ['events.source', eb.fn.max('events.last_event').as('last_event')])
    .groupBy('events.source')
    .execute()
  return rows.flatMap((row) => (row.last_event === null ? [] : [{ source: row.source, lastEvent: row.last_event }]))
}
