import type { Kysely } from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { NeighbouringContacts } from './neighbouring-contacts.ts'
import type { QueryRows } from './query-rows.ts'

export type RepeatCandidates = { repeat_candidates: QueryRows<typeof repeatCandidates> }

/** The longest window of any repeat contact metric, seconds: what begins later is not linked. */
export const longestRepeatWindow = 7 * 24 * 60 * 60

/**
 * Grain: one demand contact of a known customer that may be followed within 7 days, or that shares its start with
 * another of the same customer and issue. The issue is issue_key, interaction_type where there is none; a missing end is
 * the start. Reads the neighbouring contacts.
 */
export function repeatCandidates(db: Kysely<WarehouseSchema>, dialect: SqlDialect) {
  const ordered = db
    .withTables<NeighbouringContacts>()
    .selectFrom('neighbouring_contacts as d')
    .selectAll('d')
    .select(({ fn }) => {
      const inOrder = <T>(name: 'lead' | 'lag', column: Parameters<typeof fn.agg>[1]) =>
        fn
          .agg<T>(name, column)
          .over((over) =>
            over
              .partitionBy(['d.customer_id', 'd.issue'])
              .orderBy('d.started_at')
              .orderBy('d.source')
              .orderBy('d.interaction_id'),
          )
      return [
        inOrder<Date | null>('lead', ['d.started_at']).as('next_started_at'),
        inOrder<Date | null>('lead', ['d.finished_at']).as('next_finished_at'),
        inOrder<string | null>('lead', ['d.source']).as('next_source'),
        inOrder<string | null>('lead', ['d.interaction_id']).as('next_interaction_id'),
        inOrder<Date | null>('lag', ['d.started_at']).as('previous_started_at'),
      ]
    })
  return db
    .selectFrom(ordered.as('o'))
    .where((eb) =>
      eb.or([
        eb(
          dialect.secondsBetween(eb.ref('o.finished_at'), eb.ref('o.next_started_at')),
          '<=',
          eb.lit(longestRepeatWindow),
        ),
        eb('o.next_started_at', '=', eb.ref('o.started_at')),
        eb('o.previous_started_at', '=', eb.ref('o.started_at')),
      ]),
    )
    .select([
      'o.source',
      'o.interaction_id',
      'o.customer_id',
      'o.issue',
      'o.started_at',
      'o.finished_at',
      'o.next_started_at',
      'o.next_finished_at',
      'o.next_source',
      'o.next_interaction_id',
    ])
}
