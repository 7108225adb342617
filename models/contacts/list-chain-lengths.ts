import type { Kysely } from 'kysely'
import { countedContacts } from '../daily/counted-contacts.ts'
import { type Month, monthsEndingWith } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type ContactFilter, fitsFilter } from './contact-filter.ts'

/** Complete chains of 48 h repeats, by who handled their first contact. */
export interface ChainLengthCount {
  /** Contacts in the chain. */
  length: number
  ai: number
  human: number
}

/**
 * Grain: chain length, shortest first. Chains of one type that can no longer grow, by their first contact in the months
 * that end with the given one; the same chains that one_contact_chain_rate counts.
 */
export async function listChainLengths(
  db: Kysely<WarehouseSchema>,
  filter: { month: Month; windowMonths: number; interactionType: string; contacts?: ContactFilter },
): Promise<ChainLengthCount[]> {
  const rows = await db
    .selectFrom('contacts')
    .where(
      'contact_month',
      'in',
      monthsEndingWith(filter.month, filter.windowMonths).map((month) => `${month}-01`),
    )
    .where('interaction_type', '=', filter.interactionType)
    .where((eb) => countedContacts.chain_count(eb))
    .where('chain_length', 'is not', null)
    .where((eb) => fitsFilter(eb, 'contacts', filter.contacts))
    .select(['chain_length'])
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('is_ai_participated', '=', true).as('ai'),
      eb.fn.countAll<number>().filterWhere('handled_by', '=', 'human').as('human'),
    ])
    .groupBy('chain_length')
    .orderBy('chain_length')
    .execute()
  return rows.map(({ chain_length, ai, human }) => ({ length: Number(chain_length), ai, human }))
}
