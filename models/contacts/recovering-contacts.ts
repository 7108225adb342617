import type { Kysely } from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { contactEscalations } from './contact-escalations.ts'
import type { contactReviews } from './contact-reviews.ts'
import type { contactSurveys } from './contact-surveys.ts'
import { demandContacts } from './demand-contacts.ts'
import type { QueryRows } from './query-rows.ts'

type Labelled = {
  reviewed_contacts: QueryRows<typeof contactReviews>
  escalated_contacts: QueryRows<typeof contactEscalations>
  surveyed_contacts: QueryRows<typeof contactSurveys>
}

const recoverySeconds = 7 * 24 * 60 * 60

/**
 * Grain: one demand contact of a customer whose trust is to be won back: it begins later than a contact of the same
 * customer that failed, about any issue, and at most 7 days after the end of that one. A contact failed when its label
 * is an error, its answer is bad, its source calls it unresolved, or its hand-over failed.
 */
export function recoveringContacts(db: Kysely<WarehouseSchema>, dialect: SqlDialect) {
  const staged = db.withTables<Labelled>()
  const failures = staged
    .selectFrom('reviewed_contacts')
    .where((eb) => eb('label_failed', '=', eb.lit(1)))
    .select(['source', 'interaction_id'])
    .union(
      staged
        .selectFrom('surveyed_contacts')
        .where((eb) => eb('is_bad', '=', eb.lit(true)))
        .select(['source', 'interaction_id']),
    )
    .union(
      staged
        .selectFrom('escalated_contacts')
        .where((eb) => eb('failed_handoff', '=', eb.lit(1)))
        .select(['source', 'interaction_id']),
    )
    .union(
      db.selectFrom('interactions').where('claimed_resolution', '=', 'unresolved').select(['source', 'interaction_id']),
    )
  const failed = db
    .selectFrom(demandContacts(db).as('f'))
    .innerJoin(failures.as('w'), (on) =>
      on.onRef('w.source', '=', 'f.source').onRef('w.interaction_id', '=', 'f.interaction_id'),
    )
    .select(['f.customer_id', 'f.started_at', 'f.finished_at'])
  return db
    .selectFrom(demandContacts(db).as('d'))
    .innerJoin(failed.as('f'), (on) =>
      on
        .onRef('f.customer_id', '=', 'd.customer_id')
        .onRef('f.started_at', '<', 'd.started_at')
        .on((eb) =>
          eb(dialect.secondsBetween(eb.ref('f.finished_at'), eb.ref('d.started_at')), '<=', eb.lit(recoverySeconds)),
        ),
    )
    .select(['d.source', 'd.interaction_id'])
    .distinct()
}
