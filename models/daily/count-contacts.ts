import type { SelectQueryBuilder } from 'kysely'
import { contactRows } from '../contacts/contact-rows.ts'
import { contactSlices, contactsCountedAtOnce, withStagesWithin } from '../contacts/contact-slices.ts'
import { aroundDays, type Span } from '../contacts/span.ts'
import { getSnapshotInfo } from '../warehouse/get-snapshot-info.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

type ReadWarehouse = Pick<Warehouse, 'db' | 'dialect'>

/** Each with the column of contacts that tells it; null: every contact counts. */
const columns = {
  contact_count: null,
  escalated_count: 'is_escalated',
  random_reviewed_count: 'is_random_reviewed',
  csat_answered_count: 'is_csat_answered',
  repeat_demand_count: 'is_repeat_demand',
} as const

export type ContactCounts = Record<keyof typeof columns, number>
export const contactCountColumns = Object.keys(columns) as (keyof ContactCounts)[]

/**
 * Counts contacts from their rows, the second road to what `daily_counts` holds: those of some days (YYYY-MM-DD, both
 * included), or all, about `contactsAtOnce` of them at a time, so that memory is bounded.
 */
export async function countContacts(
  warehouse: ReadWarehouse,
  days: { from: string; through: string } | null,
  contactsAtOnce = contactsCountedAtOnce,
): Promise<ContactCounts> {
  const { db, dialect } = warehouse
  if (days !== null) {
    const rows = await contactsWithin(warehouse, aroundDays(days), ['contact_date'])
    return countRows(rows.where((eb) => eb.between('contact_date', dialect.day(days.from), dialect.day(days.through))))
  }
  const sums = Object.fromEntries(contactCountColumns.map((column) => [column, 0])) as ContactCounts
  for (const slice of await contactSlices(db, dialect, contactsAtOnce)) {
    const rows = slice === undefined ? db.selectFrom('contacts') : await contactsWithin(warehouse, slice)
    const counts = await countRows(rows)
    for (const column of contactCountColumns) sums[column] += counts[column]
  }
  return sums
}

/** The rows of the view, of a span of time, with the stages narrowed like the contacts; nothing depends on the watermark. */
async function contactsWithin({ db, dialect }: ReadWarehouse, within: Span, more: readonly string[] = []) {
  const { reader, stagesFrom } = withStagesWithin(db, within)
  const { reportingTimeZone } = await getSnapshotInfo(db)
  const only = [...Object.values(columns).filter((column) => column !== null), ...more]
  const { rows } = contactRows(reader, dialect, { reportingTimeZone, watermark: null }, { only, within, stagesFrom })
  return db.selectFrom(rows.as('contacts') as never as 'contacts')
}

async function countRows(rows: SelectQueryBuilder<WarehouseSchema, 'contacts', object>): Promise<ContactCounts> {
  const counts = await rows
    .select((eb) =>
      contactCountColumns.map((column) => {
        const flag = columns[column]
        if (flag === null) return eb.fn.countAll<number>().as(column)
        return eb.fn.count<number>(eb.case().when(flag, '=', eb.lit(true)).then(eb.lit(1)).end()).as(column)
      }),
    )
    .executeTakeFirstOrThrow()
  return Object.fromEntries(contactCountColumns.map((column) => [column, Number(counts[column])])) as ContactCounts
}
