import type { Kysely } from 'kysely'
import type { CsatScale } from '../metrics.ts'
import { monthOfDay } from '../monthly/list-months.ts'
import { addMonths, type Month } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** CSAT answers of one channel of a type and month, AI-participated contacts only. */
export interface MonthCsatChannel {
  month: Month
  interactionType: string
  scale: CsatScale
  channel: string
  answered: number
  satisfied: number
}

/**
 * Grain: month x type x scale x channel, months from..through, both included: the answers of AI-participated contacts, so
 * that CSAT can be compared at a fixed mix of channels (methods.md section 4). Channels without an answer are absent.
 */
export async function listCsatChannels(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
): Promise<MonthCsatChannel[]> {
  const rows = await db
    .selectFrom('daily_counts')
    .select(['contact_month', 'interaction_type', 'csat_scale', 'channel'])
    .select(({ fn }) => [
      fn.sum<number>('csat_answered_count').as('answered'),
      fn.sum<number>('csat_satisfied_count').as('satisfied'),
    ])
    .where('handled_by', 'in', ['ai', 'ai_assisted'])
    .where('csat_scale', '!=', 'none')
    .where('contact_month', '>=', `${range.from}-01`)
    .where('contact_month', '<', `${addMonths(range.through, 1)}-01`)
    .groupBy(['contact_month', 'interaction_type', 'csat_scale', 'channel'])
    .having(({ eb, fn }) => eb(fn.sum<number>('csat_answered_count'), '>', 0))
    .orderBy('contact_month')
    .orderBy('interaction_type')
    .orderBy('csat_scale')
    .orderBy('channel')
    .execute()
  return rows.map((row) => ({
    month: monthOfDay(row.contact_month),
    interactionType: row.interaction_type,
    scale: row.csat_scale as CsatScale,
    channel: row.channel,
    answered: Number(row.answered),
    satisfied: Number(row.satisfied),
  }))
}
