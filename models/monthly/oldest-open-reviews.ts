import type { Kysely } from 'kysely'
import { contactRows } from '../contacts/contact-rows.ts'
import { type Month, monthStart } from '../reporting-month.ts'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { HandledBy } from './metric-parts.ts'

/** When the oldest random review that is still open was drawn, by month (`from` or later), type and handlers (null: any); null when none is. */
export async function listOldestOpenReviews(
  db: Kysely<WarehouseSchema>,
  dialect: SqlDialect,
  options: { reportingTimeZone: string; from: Month | null },
): Promise<(month: string, interactionType: string, handlers: readonly HandledBy[] | null) => Date | null> {
  const { from } = options
  // Of what hangs on contacts the reviews alone are read.
  const only = ['contact_month', 'interaction_type', 'handled_by', 'started_at', 'review_open_since']
  const contacts = contactRows(db, dialect, { ...options, watermark: null }, { only }).rows
  const open = db.selectFrom(contacts.as('contacts') as never as 'contacts').where('review_open_since', 'is not', null)
  // The instant, not the month: it leaves out whole blocks of rows, and the calendar is slow.
  const asked = from === null ? open : open.where('started_at', '>=', monthStart(from, options.reportingTimeZone))
  const rows = await asked
    .select(['contact_month', 'interaction_type', 'handled_by'])
    .select((eb) => [
      dialect.monthText(eb.ref('contact_month')).as('month'),
      eb.fn.min('review_open_since').as('open_since'),
    ])
    .groupBy(['contact_month', 'interaction_type', 'handled_by'])
    .execute()
  return (month, interactionType, handlers) => {
    const found = rows.flatMap((row) =>
      row.month === month &&
      row.interaction_type === interactionType &&
      row.open_since !== null &&
      (handlers?.includes(row.handled_by) ?? true)
        ? [row.open_since.getTime()]
        : [],
    )
    return found.length === 0 ? null : new Date(Math.min(...found))
  }
}
