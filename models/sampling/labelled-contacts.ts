import type { Kysely, SelectQueryBuilder } from 'kysely'
import { contactRows } from '../contacts/contact-rows.ts'
import { endOfTime } from '../contacts/span.ts'
import { type Month, monthStart } from '../reporting-month.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { ContactsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'

const columns = [
  'source',
  'interaction_id',
  'interaction_type',
  'handled_by',
  'contact_month',
  'channel',
  'customer_tier',
  'ai_version',
  'is_ai_participated',
  'is_random_reviewed',
  'is_error',
  'qa_score',
  'defect',
] as const

/** What strata of reviews need of contacts. */
export type LabelledContacts = SelectQueryBuilder<
  WarehouseSchema,
  'contacts',
  Pick<ContactsTable, (typeof columns)[number]>
>

/** From the view, which reads everything that hangs on a contact. */
export function labelledContacts(db: Kysely<WarehouseSchema>): LabelledContacts {
  return db.selectFrom('contacts').select(columns)
}

/** The same from facts and labels alone, of contacts since the month (null: all): what a build of millions needs. */
export function labelledContactsSince(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  { reportingTimeZone, from }: { reportingTimeZone: string; from: Month | null },
): LabelledContacts {
  // The instant, not the month: it leaves out whole blocks of rows, and the calendar is slow.
  const within = from === null ? undefined : { from: monthStart(from, reportingTimeZone), before: endOfTime }
  const reading = { only: columns, ...(within && { within }) }
  // No label depends on the watermark.
  return contactRows(db, dialect, { reportingTimeZone, watermark: null }, reading).rows as never
}
