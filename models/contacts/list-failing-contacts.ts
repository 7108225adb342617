import type { Kysely } from 'kysely'
import { addMonths, type Month } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** A contact whose random review found the AI in error. */
export interface FailingContact {
  source: string
  interactionId: string
  interactionType: string
  startedAt: Date
  channel: string
  handledBy: 'ai' | 'ai_assisted'
  aiVersion: string
  defect: string | null
  severity: string | null
  /** 0..100; null when nobody scored it. */
  qaScore: number | null
  /** Where the source shows the conversation; null when it does not say. */
  url: string | null
}

/**
 * Grain: contact. The errors behind the error rate of the months from..through: AI-participated, randomly reviewed,
 * found wrong. Of one type when asked. Oldest first.
 */
export async function listFailingContacts(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month; interactionType?: string },
): Promise<FailingContact[]> {
  let query = db
    .selectFrom('contacts')
    .select([
      'source',
      'interaction_id',
      'interaction_type',
      'started_at',
      'channel',
      'handled_by',
      'ai_version',
      'defect',
      'severity',
      'qa_score',
      'url',
    ])
    .where('is_random_reviewed', '=', true)
    .where('is_error', '=', true)
    .where('handled_by', 'in', ['ai', 'ai_assisted'])
    .where('contact_month', '>=', `${range.from}-01`)
    .where('contact_month', '<', `${addMonths(range.through, 1)}-01`)
  if (range.interactionType !== undefined) query = query.where('interaction_type', '=', range.interactionType)
  const rows = await query.orderBy('started_at').orderBy('source').orderBy('interaction_id').execute()
  return rows.map((row) => ({
    source: row.source,
    interactionId: row.interaction_id,
    interactionType: row.interaction_type,
    startedAt: row.started_at,
    channel: row.channel,
    handledBy: row.handled_by as FailingContact['handledBy'],
    aiVersion: row.ai_version,
    defect: row.defect,
    severity: row.severity,
    qaScore: row.qa_score,
    url: row.url,
  }))
}
