import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { isCounted, isDemand } from './counting-interactions.ts'

/** Grain: one demand contact of a known customer, with what it is matched by. */
export function demandContacts(db: Kysely<WarehouseSchema>) {
  return db
    .selectFrom('interactions')
    .where((eb) => eb.and([isCounted(eb), isDemand(eb), eb('interactions.customer_id', 'is not', null)]))
    .select([
      'interactions.source',
      'interactions.interaction_id',
      'interactions.started_at',
      'interactions.claimed_resolution',
    ])
    .select((eb) => [
      eb.ref('interactions.customer_id').$notNull().as('customer_id'),
      eb.fn.coalesce('interactions.issue_key', 'interactions.interaction_type').as('issue'),
      eb.fn.coalesce('interactions.ended_at', 'interactions.started_at').as('finished_at'),
    ])
}
