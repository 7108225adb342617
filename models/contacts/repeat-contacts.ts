import type { Expression, Kysely } from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { isCounted, isDemand } from './counting-interactions.ts'

/**
 * Grain: one demand contact of a known customer, with the next one about the same issue: the same customer in any
 * source and channel, the same issue_key (interaction_type where there is none), starting strictly later. The gap runs
 * from the end of this contact to the start of the next, 0 when they overlap; a missing end is the start.
 *
 * Contacts that start at the same instant share one next contact, the first (by source and id) of the next instant.
 * lead() finds it for the last of them only, so a second window hands it to the others.
 */
export function repeatContacts(db: Kysely<WarehouseSchema>, dialect: SqlDialect) {
  const demand = db
    .selectFrom('interactions')
    .where((eb) => eb.and([isCounted(eb), isDemand(eb), eb('interactions.customer_id', 'is not', null)]))
    .select(['source', 'interaction_id', 'customer_id', 'started_at'])
    .select((eb) => [
      eb.fn.coalesce('issue_key', 'interaction_type').as('issue'),
      eb.fn.coalesce('ended_at', 'started_at').as('finished_at'),
    ])
  const ordered = db
    .selectFrom(demand.as('d'))
    .selectAll('d')
    .select(({ fn }) => [
      fn
        .agg<Date | null>('lead', ['d.started_at'])
        .over((over) =>
          over
            .partitionBy(['d.customer_id', 'd.issue'])
            .orderBy('d.started_at')
            .orderBy('d.source')
            .orderBy('d.interaction_id'),
        )
        .as('next_started_at'),
      fn
        .agg<string | null>('lead', ['d.interaction_id'])
        .over((over) =>
          over
            .partitionBy(['d.customer_id', 'd.issue'])
            .orderBy('d.started_at')
            .orderBy('d.source')
            .orderBy('d.interaction_id'),
        )
        .as('next_interaction_id'),
    ])
  const strictlyLater = db
    .selectFrom(ordered.as('o'))
    .select(['o.source', 'o.interaction_id', 'o.finished_at'])
    .select((eb) => {
      const isLater = eb('o.next_started_at', '>', eb.ref('o.started_at'))
      const ofInstant = <T extends Date | string | null>(value: Expression<T>) =>
        eb.fn
          .max<T | null>(eb.case().when(isLater).then(value).end())
          .over((over) => over.partitionBy(['o.customer_id', 'o.issue', 'o.started_at']))
      return [
        ofInstant(eb.ref('o.next_started_at')).as('next_started_at'),
        ofInstant(eb.ref('o.next_interaction_id')).as('next_interaction_id'),
      ]
    })
  return db
    .selectFrom(strictlyLater.as('n'))
    .select(['n.source', 'n.interaction_id', 'n.next_interaction_id'])
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
}
