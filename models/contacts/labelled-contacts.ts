import type { Kysely, SelectQueryBuilder } from 'kysely'
import { addMonths, type Month, monthStart } from '../reporting-month.ts'
import { duckDbSql } from '../warehouse/duckdb-sql.ts'
import { getSnapshotInfo } from '../warehouse/get-snapshot-info.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { ContactsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { contactRows } from './contact-rows.ts'
import { endOfTime, type Span } from './span.ts'

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

/** What reviews say of contacts, and what contacts are told apart by. */
export type LabelledContacts = SelectQueryBuilder<
  WarehouseSchema,
  'contacts',
  Pick<ContactsTable, (typeof columns)[number]>
>

/**
 * The contacts of a snapshot's months from..through, both included, from facts and labels alone: the view `contacts` joins
 * everything that hangs on a contact, which takes three times as long over ten million.
 */
export async function labelledContacts(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
): Promise<LabelledContacts> {
  const { reportingTimeZone } = await getSnapshotInfo(db)
  return rowsWithin(
    { db, dialect: duckDbSql },
    {
      reportingTimeZone,
      within: {
        from: monthStart(range.from, reportingTimeZone),
        before: monthStart(addMonths(range.through, 1), reportingTimeZone),
      },
    },
  )
}

/** The same while the models are built, of contacts since the month; null: all. */
export function labelledContactsSince(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  { reportingTimeZone, from }: { reportingTimeZone: string; from: Month | null },
): LabelledContacts {
  const within = from === null ? undefined : { from: monthStart(from, reportingTimeZone), before: endOfTime }
  return rowsWithin(warehouse, { reportingTimeZone, within })
}

/** By instants, not months: these leave out whole blocks of rows, and the calendar is slow. */
function rowsWithin(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  { reportingTimeZone, within }: { reportingTimeZone: string; within: Span | undefined },
): LabelledContacts {
  // No label depends on the watermark.
  const options = { reportingTimeZone, watermark: null }
  return contactRows(db, dialect, options, { only: columns, ...(within && { within }) }).rows as never
}
