import type { Kysely } from 'kysely'
import type { Month } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { monthOfDay } from './list-months.ts'

export interface AiVersionCount {
  month: Month
  interactionType: string
  /** 'unknown' where the source does not say. */
  aiVersion: string
  /** AI-participated contacts. */
  contactCount: number
}

/** AI versions that took part, per month (from..through, both included) and type; the busiest first within them. */
export async function listAiVersions(
  db: Kysely<WarehouseSchema>,
  filter: { from: Month; through: Month; interactionType?: string },
): Promise<AiVersionCount[]> {
  let query = db
    .selectFrom('monthly_ai_versions')
    .selectAll()
    .where('contact_month', '>=', `${filter.from}-01`)
    .where('contact_month', '<=', `${filter.through}-01`)
    .orderBy('contact_month')
    .orderBy('interaction_type')
    .orderBy('contact_count', 'desc')
    .orderBy('ai_version')
  if (filter.interactionType !== undefined) query = query.where('interaction_type', '=', filter.interactionType)
  const rows = await query.execute()
  return rows.map((row) => ({
    month: monthOfDay(row.contact_month),
    interactionType: row.interaction_type,
    aiVersion: row.ai_version,
    contactCount: row.contact_count,
  }))
}
