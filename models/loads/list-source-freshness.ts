import type { Kysely } from 'kysely'
import type { EntityName } from '../contract/entities.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** How far one source reaches in one entity. */
export interface SourceFreshness {
  source: string
  entity: EntityName
  /** Rows in the warehouse, tombstones included. */
  rowCount: number
  /** First and last time that something happened; null without a row. */
  firstEvent: Date | null
  lastEvent: Date | null
}

/** How far each source reaches, by source and entity. Removed records count, as the source did tell of them. */
export async function listSourceFreshness(db: Kysely<WarehouseSchema>): Promise<SourceFreshness[]> {
  const rows = await db
    .selectFrom('interactions')
    .select((eb) => [
      'source',
      eb.val('interactions').as('entity'),
      eb.fn.countAll<number>().as('row_count'),
      eb.fn.min('started_at').as('first_event'),
      eb.fn.max(eb.fn.coalesce('ended_at', 'started_at')).as('last_event'),
    ])
    .groupBy('source')
    .unionAll(
      db
        .selectFrom('escalations')
        .select((eb) => [
          'source',
          eb.val('escalations').as('entity'),
          eb.fn.countAll<number>().as('row_count'),
          eb.fn.min('escalated_at').as('first_event'),
          eb.fn.max('escalated_at').as('last_event'),
        ])
        .groupBy('source'),
    )
    .unionAll(
      db
        .selectFrom('qa_reviews')
        .select((eb) => [
          'source',
          eb.val('qa_reviews').as('entity'),
          eb.fn.countAll<number>().as('row_count'),
          eb.fn.min('sampled_at').as('first_event'),
          eb.fn.max(eb.fn.coalesce('reviewed_at', 'sampled_at')).as('last_event'),
        ])
        .groupBy('source'),
    )
    .unionAll(
      db
        .selectFrom('csat_responses')
        .select((eb) => [
          'source',
          eb.val('csat_responses').as('entity'),
          eb.fn.countAll<number>().as('row_count'),
          eb.fn.min('offered_at').as('first_event'),
          eb.fn.max(eb.fn.coalesce('responded_at', 'offered_at')).as('last_event'),
        ])
        .groupBy('source'),
    )
    .unionAll(
      db
        .selectFrom('change_events')
        .select((eb) => [
          'source',
          eb.val('change_events').as('entity'),
          eb.fn.countAll<number>().as('row_count'),
          eb.fn.min('changed_at').as('first_event'),
          eb.fn.max('changed_at').as('last_event'),
        ])
        .groupBy('source'),
    )
    .execute()
  return rows
    .map((row) => ({
      source: row.source,
      entity: row.entity as EntityName,
      rowCount: Number(row.row_count),
      firstEvent: row.first_event,
      lastEvent: row.last_event,
    }))
    .sort((a, b) => a.source.localeCompare(b.source, 'en') || a.entity.localeCompare(b.entity, 'en'))
}
