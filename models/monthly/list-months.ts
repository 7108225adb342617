import type { Kysely } from 'kysely'
import type { Month } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** Months with at least one contact, oldest first. */
export async function listMonths(db: Kysely<WarehouseSchema>): Promise<Month[]> {
  const rows = await db
    .selectFrom('monthly_metrics')
    .select('contact_month')
    .distinct()
    .orderBy('contact_month')
    .execute()
  return rows.map((row) => monthOfDay(row.contact_month))
}

/** '2026-09-01' -> '2026-09' */
export function monthOfDay(day: string): Month {
  return day.slice(0, 7) as Month
}
