import type { Kysely } from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { demandContacts } from './demand-contacts.ts'
import type { QueryRows } from './query-rows.ts'

/** One of `count` parts of all customers. */
export interface CustomerPart {
  index: number
  count: number
}

export type NeighbouringContacts = { neighbouring_contacts: QueryRows<typeof neighbouringContacts> }

/** The longest look from one contact to another, seconds, from the end of the one to the start of the other. */
export const longestReach = 7 * 24 * 60 * 60

/**
 * Grain: one demand contact of a customer with others near it, about any issue: of two contacts in a row both are here
 * when the later begins at most 7 days after the end of any before it. Repeat contact, chains and trust recovery happen
 * among these only. One sort of the facts, of three narrow columns; the few that are found are read in full.
 *
 * Customers are told apart by a hash. Two that share one count as one here, so that a few contacts too many may be
 * found, never one too few: what lies between two contacts only brings them nearer.
 *
 * @param part only the contacts of these customers; all unless given
 */
export function neighbouringContacts(db: Kysely<WarehouseSchema>, dialect: SqlDialect, part?: CustomerPart) {
  const demand = demandContacts(db).$if(part !== undefined, (of) =>
    of.where((eb) => {
      const { index, count } = part ?? { index: 0, count: 1 }
      return eb(
        eb(dialect.hash(eb.ref('interactions.customer_id').$notNull()), '%', eb.lit(count) as never),
        '=',
        eb.lit(index) as never,
      )
    }),
  )
  const narrow = db
    .selectFrom(demand.as('d'))
    .select((eb) => [
      dialect.hash(eb.ref('d.customer_id')).as('customer_hash'),
      'd.started_at',
      eb.fn<Date>('greatest', ['d.started_at', 'd.finished_at']).as('latest_at'),
    ])
  const inOrder = db.selectFrom(narrow.as('d')).select((eb) => [
    'd.customer_hash',
    'd.started_at',
    eb.fn
      .agg<Date | null>('lead', ['d.started_at'])
      .over((over) => over.partitionBy('d.customer_hash').orderBy('d.started_at'))
      .as('next_started_at'),
    // Ordered by the start alone: contacts of one instant are peers, and their ends count for one another.
    eb.fn
      .max('d.latest_at')
      .over((over) => over.partitionBy('d.customer_hash').orderBy('d.started_at'))
      .as('reached_at'),
  ])
  const followed = db
    .selectFrom(inOrder.as('o'))
    .where((eb) =>
      eb(dialect.secondsBetween(eb.ref('o.reached_at'), eb.ref('o.next_started_at')), '<=', eb.lit(longestReach)),
    )
    .select((eb) => ['o.customer_hash', 'o.started_at', eb.ref('o.next_started_at').$notNull().as('next_started_at')])
  return (
    db
      // Read twice, sorted once.
      .with(
        (cte) => cte('followed').materialized(),
        () => followed,
      )
      .with('starts', (q) =>
        q
          .selectFrom('followed')
          .select(['customer_hash', 'started_at'])
          .union(q.selectFrom('followed').select(['customer_hash', 'next_started_at as started_at'])),
      )
      .selectFrom(demand.as('d'))
      .innerJoin('starts as n', (on) =>
        on
          .on((eb) => eb('n.customer_hash', '=', dialect.hash(eb.ref('d.customer_id'))))
          .onRef('n.started_at', '=', 'd.started_at'),
      )
      .selectAll('d')
  )
}
