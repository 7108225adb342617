import type { Expression, Kysely } from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { QueryRows } from './query-rows.ts'
import { longestRepeatWindow, type RepeatCandidates } from './repeat-candidates.ts'

export type RepeatLinks = { repeat_links: QueryRows<typeof repeatLinks> }

/**
 * Grain: one contact with the next one about the same issue: the same customer in any source and channel, starting
 * strictly later and at most 7 days after the end of this one. The gap runs from the end of this contact to the start of
 * the next, 0 when they overlap.
 *
 * Contacts that start at the same instant share one next contact, the first (by source and id) of the next instant.
 * lead() finds it for the last of them only, so a second window hands it to the others. Reads the candidates.
 */
export function repeatLinks(db: Kysely<WarehouseSchema>, dialect: SqlDialect) {
  const strictlyLater = db
    .withTables<RepeatCandidates>()
    .selectFrom('repeat_candidates as o')
    .select(['o.source', 'o.interaction_id', 'o.customer_id', 'o.issue', 'o.started_at', 'o.finished_at'])
    .select((eb) => {
      const isLater = eb('o.next_started_at', '>', eb.ref('o.started_at'))
      const ofInstant = <T extends Date | string | null>(value: Expression<T>) =>
        eb.fn
          .max<T | null>(eb.case().when(isLater).then(value).end())
          .over((over) => over.partitionBy(['o.customer_id', 'o.issue', 'o.started_at']))
      return [
        ofInstant(eb.ref('o.next_started_at')).as('next_started_at'),
        ofInstant(eb.ref('o.next_finished_at')).as('next_finished_at'),
        ofInstant(eb.ref('o.next_source')).as('next_source'),
        ofInstant(eb.ref('o.next_interaction_id')).as('next_interaction_id'),
      ]
    })
  const withGap = db
    .selectFrom(strictlyLater.as('n'))
    .selectAll('n')
    .select((eb) => {
      const gap = dialect.secondsBetween(eb.ref('n.finished_at'), eb.ref('n.next_started_at'))
      return eb
        .case()
        .when(gap, '<', eb.lit(0))
        .then(eb.cast<number>(eb.lit(0), 'double precision'))
        .else(gap)
        .end()
        .as('gap_seconds')
    })
  return db
    .selectFrom(withGap.as('g'))
    .select(['g.source', 'g.interaction_id', 'g.customer_id', 'g.issue', 'g.started_at', 'g.finished_at'])
    .select((eb) => [
      // Set wherever the gap is.
      eb.ref('g.next_started_at').$notNull().as('next_started_at'),
      eb.ref('g.next_finished_at').$notNull().as('next_finished_at'),
      eb.ref('g.next_source').$notNull().as('next_source'),
      eb.ref('g.next_interaction_id').$notNull().as('next_interaction_id'),
      'g.gap_seconds',
    ])
    .where((eb) => eb('g.gap_seconds', '<=', eb.lit(longestRepeatWindow)))
}

/** Grain: one contact that is followed about the same issue, with the next one. Reads the links. */
export function followedContacts(db: Kysely<WarehouseSchema>) {
  return db
    .withTables<RepeatLinks>()
    .selectFrom('repeat_links as l')
    .select(['l.source', 'l.interaction_id', 'l.started_at', 'l.next_interaction_id', 'l.gap_seconds'])
}
