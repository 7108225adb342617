import type { Kysely } from 'kysely'
import { dropTemporary, makeTemporary } from '../warehouse/temporary-table.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** Who and when; the customer is null where unknown, both where the contact is not there. */
interface ChangedContact {
  source: string
  interaction_id: string
  customer_id: string | null
  started_at: Date | null
}
export type ChangedContacts = {
  /** The contacts that a load touched, or something that hangs on them, as they are: each once. */
  asked_contacts: ChangedContact
  /** The same contacts as they were and as they are: up to a few rows each. */
  changed_contacts: ChangedContact
}

const children = ['qa_reviews', 'escalations', 'csat_responses'] as const
const key = ['source', 'interaction_id'] as const
/** Contacts for which a load brings something and that it does not bring itself. */
const elsewhere = 'contacts_elsewhere'

/**
 * Makes the temporary tables of the contacts that a load changed: its own rows, the rows they replaced, and the
 * contacts on which its reviews, escalations and surveys hang or hung.
 */
export async function findChangedContacts(db: Kysely<WarehouseSchema>, loadId: string): Promise<void> {
  const loaded = db.selectFrom('interactions as i').where('i.load_id', '=', loadId)
  const touched = children.reduce(
    (all, child) =>
      all.union(
        db
          .selectFrom(child as 'qa_reviews')
          .where('load_id', '=', loadId)
          .select(key),
      ),
    db.selectFrom('replaced_facts').select(key),
  )
  await makeTemporary(db, elsewhere, touched.except(loaded.select(['i.source', 'i.interaction_id'])))
  const columns = ['i.source', 'i.interaction_id', 'i.customer_id', 'i.started_at'] as const
  const others = db
    .withTables<{ [elsewhere]: Pick<ChangedContact, 'source' | 'interaction_id'> }>()
    .selectFrom('interactions as i')
    .innerJoin(`${elsewhere} as e`, (on) =>
      on.onRef('e.source', '=', 'i.source').onRef('e.interaction_id', '=', 'i.interaction_id'),
    )
    .select(columns)
  // All facts are looked through only where there is something to find.
  const isAny = await db
    .selectFrom(elsewhere as 'interactions')
    .select('source')
    .limit(1)
    .executeTakeFirst()
  const asked = loaded.select(columns)
  await makeTemporary(db, 'asked_contacts', isAny === undefined ? asked : asked.unionAll(others))
  await makeTemporary(
    db,
    'changed_contacts',
    db
      .withTables<ChangedContacts>()
      .selectFrom('asked_contacts')
      .select([...key, 'customer_id', 'started_at'])
      .unionAll(db.selectFrom('replaced_facts').select([...key, 'customer_id', 'started_at'])),
  )
  await dropTemporary(db, elsewhere)
}
