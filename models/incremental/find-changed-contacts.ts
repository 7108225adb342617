import type { Kysely } from 'kysely'
import { makeTemporary } from '../warehouse/temporary-table.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** Who and when; the customer is null where unknown, both where the contact is not there. */
interface ChangedContact {
  source: string
  interaction_id: string
  customer_id: string | null
  started_at: Date | null
}
export type ChangedContacts = {
  /** One contact that a load touched, or something that hangs on it, as it was and as it is: up to a few rows each. */
  changed_contacts: ChangedContact
  /** The same contacts, each once. */
  asked_contacts: { source: string; interaction_id: string }
}

const children = ['qa_reviews', 'escalations', 'csat_responses'] as const

/**
 * Makes the temporary tables of the contacts that a load changed: its own rows, the rows they replaced, and the
 * contacts on which its reviews, escalations and surveys hang or hung.
 */
export async function findChangedContacts(db: Kysely<WarehouseSchema>, loadId: string): Promise<void> {
  const loaded = children.map((child) =>
    db
      .selectFrom(child as 'qa_reviews')
      .where('load_id', '=', loadId)
      .select(['source', 'interaction_id']),
  )
  const keys = loaded.reduce(
    (all, each) => all.union(each),
    db
      .selectFrom('interactions')
      .where('load_id', '=', loadId)
      .select(['source', 'interaction_id'])
      .union(db.selectFrom('replaced_facts').select(['source', 'interaction_id'])),
  )
  await makeTemporary(db, 'asked_contacts', keys)
  const columns = ['i.source', 'i.interaction_id', 'i.customer_id', 'i.started_at'] as const
  const loadedContacts = db.selectFrom('interactions as i').where('i.load_id', '=', loadId)
  // Rows of the load are found by it; all facts are looked through only for contacts that it brought something for.
  await makeTemporary(
    db,
    'changed_contacts',
    loadedContacts
      .select(columns)
      .unionAll(
        db
          .withTables<ChangedContacts>()
          .selectFrom('interactions as i')
          .innerJoin('asked_contacts as a', (on) =>
            on.onRef('a.source', '=', 'i.source').onRef('a.interaction_id', '=', 'i.interaction_id'),
          )
          .where('i.load_id', '!=', loadId)
          .where((eb) =>
            eb.not(
              eb(
                eb.refTuple('a.source', 'a.interaction_id'),
                'in',
                loadedContacts.select(['i.source', 'i.interaction_id']).$asTuple('source', 'interaction_id') as never,
              ),
            ),
          )
          .select(columns),
      )
      .unionAll(
        db.selectFrom('replaced_facts').select(['source', 'interaction_id', 'customer_id', 'started_at']) as never,
      ),
  )
}
