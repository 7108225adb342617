import type { AliasableExpression, Kysely } from 'kysely'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { tableColumns } from '../warehouse/table-columns.ts'
import { dropTemporary, makeTemporary } from '../warehouse/temporary-table.ts'
import type { ContactStageTables, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { AskedContacts } from './asked-contacts.ts'
import { contactChains } from './contact-chains.ts'
import { contactEscalations } from './contact-escalations.ts'
import { contactReviews } from './contact-reviews.ts'
import { contactSurveys } from './contact-surveys.ts'
import { type CustomerPart, neighbouringContacts } from './neighbouring-contacts.ts'
import { recoveringContacts } from './recovering-contacts.ts'
import { repeatCandidates } from './repeat-candidates.ts'
import { followedContacts, repeatLinks } from './repeat-links.ts'

/** What a gigabyte of memory holds all work on; fewer at once would read all contacts more often. */
export const contactsStagedAtOnce = 10_000_000

/** The stages that stay in the warehouse. */
export type ContactStage = keyof ContactStageTables

/** What hangs on single contacts, whoever else called: each stage with the facts it is made of. */
export const labelStages = {
  reviewed_contacts: 'qa_reviews',
  escalated_contacts: 'escalations',
  surveyed_contacts: 'csat_responses',
} as const satisfies Partial<Record<ContactStage, keyof WarehouseSchema>>

/** The stages that are worked out among the contacts of one customer. */
const customerStages = [
  'followed_contacts',
  'repeat_chains',
  'recovering_contacts',
] as const satisfies readonly ContactStage[]

export const contactStageNames: readonly ContactStage[] = [
  ...(Object.keys(labelStages) as (keyof typeof labelStages)[]),
  ...customerStages,
]

/** The query that fills each stage, in the order in which they need each other; temporary ones are dropped after it. */
export function contactStages(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  among?: AskedContacts,
  part?: CustomerPart,
) {
  return [
    { table: 'reviewed_contacts', query: contactReviews(db, among), isKept: true },
    { table: 'escalated_contacts', query: contactEscalations(db, among), isKept: true },
    { table: 'surveyed_contacts', query: contactSurveys(db, among), isKept: true },
    { table: 'neighbouring_contacts', query: neighbouringContacts(db, dialect, part), isKept: false },
    { table: 'repeat_candidates', query: repeatCandidates(db, dialect), isKept: false },
    { table: 'repeat_links', query: repeatLinks(db, dialect), isKept: false },
    { table: 'followed_contacts', query: followedContacts(db), isKept: true },
    { table: 'repeat_chains', query: contactChains(db), isKept: true },
    { table: 'recovering_contacts', query: recoveringContacts(db, dialect), isKept: true },
  ] as const
}

/**
 * Fills the empty kept stages from all facts. What is worked out among the contacts of one customer is worked out for
 * as many parts of all customers as leave about `contactsAtOnce` contacts in each, so that memory is bounded.
 */
export async function buildContactStages(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  contactsAtOnce: number,
): Promise<void> {
  const { db } = warehouse
  for (const { table, query } of contactStages(warehouse)) {
    if (table in labelStages) await insertRows(db, table as ContactStage, query)
  }
  const { contact_count } = await db
    .selectFrom('interactions')
    .select((eb) => eb.fn.countAll<number>().as('contact_count'))
    .executeTakeFirstOrThrow()
  const count = Math.max(Math.ceil(Number(contact_count) / contactsAtOnce), 1)
  for (let index = 0; index < count; index += 1) {
    await buildCustomerStages(warehouse, count === 1 ? undefined : { index, count })
  }
}

async function buildCustomerStages(warehouse: Pick<Warehouse, 'db' | 'dialect'>, part?: CustomerPart): Promise<void> {
  const { db } = warehouse
  const stages = contactStages(warehouse, undefined, part).filter(({ table }) => !(table in labelStages))
  try {
    for (const { table, query, isKept } of stages) {
      if (isKept) await insertRows(db, table, query)
      else await makeTemporary(db, table, query)
    }
  } finally {
    for (const { table, isKept } of stages) if (!isKept) await dropTemporary(db, table)
  }
}

/** Appends the rows of a query, whose columns stand in the table's order, by time. */
async function insertRows(db: Kysely<WarehouseSchema>, table: ContactStage, query: object): Promise<void> {
  await db
    .insertInto(table)
    .columns(Object.keys(tableColumns[table]) as never)
    .expression(
      db
        .selectFrom((query as AliasableExpression<unknown>).as('s') as never)
        .selectAll()
        .orderBy('started_at' as never) as never,
    )
    .execute()
}
