import type { Kysely } from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { NeighbouringContacts } from './neighbouring-contacts.ts'

const recoverySeconds = 7 * 24 * 60 * 60

/**
 * Grain: one demand contact of a customer whose trust is to be won back: it begins later than a contact of the same
 * customer that failed, about any issue, and at most 7 days after the end of that one. A contact failed when its label
 * is an error, its answer is bad, its source calls it unresolved, or its hand-over failed. Reads the neighbouring
 * contacts.
 */
export function recoveringContacts(db: Kysely<WarehouseSchema>, dialect: SqlDialect) {
  const neighbours = db.withTables<NeighbouringContacts>()
  const failures = db
    .selectFrom('reviewed_contacts')
    .where((eb) => eb('label_failed', '=', eb.lit(1)))
    .select(['source', 'interaction_id', 'started_at'])
    .unionAll(
      db
        .selectFrom('surveyed_contacts')
        .where((eb) => eb('is_bad', '=', eb.lit(true)))
        .select(['source', 'interaction_id', 'started_at']),
    )
    .unionAll(
      db
        .selectFrom('escalated_contacts')
        .where((eb) => eb('failed_handoff', '=', eb.lit(1)))
        .select(['source', 'interaction_id', 'started_at']),
    )
    .unionAll(
      neighbours
        .selectFrom('neighbouring_contacts')
        .where('claimed_resolution', '=', 'unresolved')
        .select(['source', 'interaction_id', 'started_at']),
    )
  const failed = neighbours
    .selectFrom('neighbouring_contacts as f')
    .innerJoin(failures.as('w'), (on) =>
      on
        .onRef('w.source', '=', 'f.source')
        .onRef('w.interaction_id', '=', 'f.interaction_id')
        // Says no more, and lets blocks of other times be left out.
        .onRef('w.started_at', '=', 'f.started_at'),
    )
    .select(['f.customer_id', 'f.started_at', 'f.finished_at'])
  return neighbours
    .selectFrom('neighbouring_contacts as d')
    .innerJoin(failed.as('f'), (on) =>
      on
        .onRef('f.customer_id', '=', 'd.customer_id')
        .onRef('f.started_at', '<', 'd.started_at')
        .on((eb) =>
          eb(dialect.secondsBetween(eb.ref('f.finished_at'), eb.ref('d.started_at')), '<=', eb.lit(recoverySeconds)),
        ),
    )
    .select(['d.source', 'd.interaction_id', 'd.started_at'])
    .distinct()
}
