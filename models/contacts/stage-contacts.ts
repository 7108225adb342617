import type { Kysely } from 'kysely'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { contactChains } from './contact-chains.ts'
import { contactEscalations } from './contact-escalations.ts'
import { contactReviews } from './contact-reviews.ts'
import { contactSurveys } from './contact-surveys.ts'
import type { QueryRows } from './query-rows.ts'
import { recoveringContacts } from './recovering-contacts.ts'
import { type RepeatCandidates, repeatCandidates } from './repeat-candidates.ts'
import { type RepeatLinks, repeatLinks } from './repeat-links.ts'

/** What contacts are put together from, beside the facts: temporary tables, all keyed by (source, interaction_id). */
export type ContactStages = RepeatCandidates &
  RepeatLinks & {
    repeat_chains: QueryRows<typeof contactChains>
    reviewed_contacts: QueryRows<typeof contactReviews>
    escalated_contacts: QueryRows<typeof contactEscalations>
    surveyed_contacts: QueryRows<typeof contactSurveys>
    recovering_contacts: QueryRows<typeof recoveringContacts>
  }
export type StagedSchema = WarehouseSchema & ContactStages

/** The query that fills each stage, in the order in which they need each other. */
export function contactStages(warehouse: Pick<Warehouse, 'db' | 'dialect'>) {
  const { db, dialect } = warehouse
  return [
    { table: 'repeat_candidates', query: repeatCandidates(db, dialect) },
    { table: 'repeat_links', query: repeatLinks(db, dialect) },
    { table: 'repeat_chains', query: contactChains(db) },
    { table: 'reviewed_contacts', query: contactReviews(db) },
    { table: 'escalated_contacts', query: contactEscalations(db) },
    { table: 'surveyed_contacts', query: contactSurveys(db) },
    { table: 'recovering_contacts', query: recoveringContacts(db, dialect) },
  ] as const
}

/** Fills the stages, hands them to `use`, and drops them whatever happens. */
export async function withContactStages(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  use: (db: Kysely<StagedSchema>) => Promise<void>,
): Promise<void> {
  const { db } = warehouse
  const stages = contactStages(warehouse)
  try {
    for (const { table, query } of stages) {
      await db.schema.dropTable(table).ifExists().execute()
      await db.schema.createTable(table).temporary().as(query).execute()
    }
    await use(db.withTables<ContactStages>())
  } finally {
    for (const { table } of stages) await db.schema.dropTable(table).ifExists().execute()
  }
}
