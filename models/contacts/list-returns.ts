import type { Kysely } from 'kysely'
import { countedContacts } from '../daily/counted-contacts.ts'
import { type Month, monthsEndingWith } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type ContactFilter, fitsFilter } from './contact-filter.ts'

/** Mature AI contacts of one type that the same customer followed up within 48 h, by what the next contact was. */
export interface ReturnCount {
  nextType: string
  contacts: number
  /** Of them: through another channel, and answered by a person the next time. */
  otherChannel: number
  nextByHuman: number
  /** Of them, by hours between: up to 1, 1 to 24, 24 to 48. */
  within1h: number
  within24h: number
  within48h: number
}

const hour = 3600

/**
 * Grain: interaction type of the next contact, most frequent first; months that end with the given one. The contacts are
 * those that repeat_contact_rate_48h counts as repeats. The issue is the same, the type need not be.
 */
export async function listReturns(
  db: Kysely<WarehouseSchema>,
  filter: { month: Month; windowMonths: number; interactionType: string; contacts?: ContactFilter },
): Promise<ReturnCount[]> {
  const rows = await db
    .selectFrom('contacts')
    .innerJoin('interactions as this', (join) =>
      join.onRef('this.source', '=', 'contacts.source').onRef('this.interaction_id', '=', 'contacts.interaction_id'),
    )
    // By customer too: an id alone may stand for another contact in another source.
    .innerJoin('interactions as next', (join) =>
      join
        .onRef('next.interaction_id', '=', 'contacts.next_interaction_id')
        .onRef('next.customer_id', '=', 'this.customer_id'),
    )
    .where(
      'contacts.contact_month',
      'in',
      monthsEndingWith(filter.month, filter.windowMonths).map((month) => `${month}-01`),
    )
    .where('contacts.interaction_type', '=', filter.interactionType)
    .where('contacts.is_ai_participated', '=', true)
    .where((eb) => fitsFilter(eb, 'contacts', filter.contacts))
    .where((eb) => countedContacts.repeat_48h_count(eb as never))
    .select('next.interaction_type')
    .select((eb) => {
      const count = eb.fn.countAll<number>()
      const gap = eb.ref('contacts.repeat_gap_seconds')
      return [
        count.as('contacts'),
        count
          .filterWhere((of) => of(of.cast<string>('next.channel', 'text'), '<>', of.ref('contacts.channel')))
          .as('other_channel'),
        count.filterWhere('next.handled_by', '=', 'human').as('next_by_human'),
        count.filterWhere((of) => of(gap, '<=', hour)).as('within_1h'),
        count.filterWhere((of) => of.and([of(gap, '>', hour), of(gap, '<=', 24 * hour)])).as('within_24h'),
        count.filterWhere((of) => of(gap, '>', 24 * hour)).as('within_48h'),
      ]
    })
    .groupBy('next.interaction_type')
    .execute()
  return rows
    .map((row) => ({
      nextType: row.interaction_type,
      contacts: row.contacts,
      otherChannel: row.other_channel,
      nextByHuman: row.next_by_human,
      within1h: row.within_1h,
      within24h: row.within_24h,
      within48h: row.within_48h,
    }))
    .sort((a, b) => b.contacts - a.contacts || a.nextType.localeCompare(b.nextType, 'en'))
}
