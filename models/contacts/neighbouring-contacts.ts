import type { Kysely } from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { demandContacts } from './demand-contacts.ts'
import type { QueryRows } from './query-rows.ts'

export type NeighbouringContacts = { neighbouring_contacts: QueryRows<typeof neighbouringContacts> }

/** The longest look from one contact to another, seconds, from the end of the one to the start of the other. */
export const longestReach = 7 * 24 * 60 * 60

/**
 * Grain: one demand contact of a customer with others near it, about any issue: of two contacts in a row both are here
 * when the later begins at most 7 days after the end of any before it. Repeat contact, chains and trust recovery happen
 * among these only. One sort of the facts, of three narrow columns; the few that are found are read in full.
 */
export function neighbouringContacts(db: Kysely<WarehouseSchema>, dialect: SqlDialect) {
  const inOrder = db.selectFrom(demandContacts(db).as('d')).select((eb) => [
    'd.customer_id',
    'd.started_at',
    eb.fn
      .agg<Date | null>('lead', ['d.started_at'])
      .over((over) => over.partitionBy('d.customer_id').orderBy('d.started_at'))
      .as('next_started_at'),
    // Ordered by the start alone: contacts of one instant are peers, and their ends count for one another.
    eb.fn
      .max(eb.fn<Date>('greatest', ['d.started_at', 'd.finished_at']))
      .over((over) => over.partitionBy('d.customer_id').orderBy('d.started_at'))
      .as('reached_at'),
  ])
  const followed = db
    .selectFrom(inOrder.as('o'))
    .where((eb) =>
      eb(dialect.secondsBetween(eb.ref('o.reached_at'), eb.ref('o.next_started_at')), '<=', eb.lit(longestReach)),
    )
  const starts = followed
    .select(['o.customer_id', 'o.started_at'])
    .union(followed.select((eb) => ['o.customer_id', eb.ref('o.next_started_at').$notNull().as('started_at')]))
  return db
    .selectFrom(demandContacts(db).as('d'))
    .innerJoin(starts.as('n'), (on) =>
      on.onRef('n.customer_id', '=', 'd.customer_id').onRef('n.started_at', '=', 'd.started_at'),
    )
    .selectAll('d')
}
