import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** A number of a closed month that changed after the month had been called final. */
export interface Restatement {
  /** The load that brought the late rows; null when definitions or levels changed, or a customer was erased. */
  loadId: string | null
  restatedAt: Date
  /** First day of the month, YYYY-MM-DD. */
  contactMonth: string
  interactionType: string
  metric: string
  cohort: string
  scale: string
  /** Null where the number was not there before, or is no longer. */
  before: RestatedNumber
  after: RestatedNumber
}

interface RestatedNumber {
  numerator: number | null
  denominator: number | null
  value: number | null
}

/** Restatements, latest first; of one load, or of one type, when asked for. */
export async function listRestatements(
  db: Kysely<WarehouseSchema>,
  filter: { loadId?: string; interactionType?: string; limit?: number } = {},
): Promise<Restatement[]> {
  let query = db
    .selectFrom('restatements')
    .selectAll()
    .orderBy('restated_at', 'desc')
    .orderBy('contact_month')
    .orderBy('interaction_type')
    .orderBy('metric')
    .orderBy('cohort')
    .orderBy('scale')
  if (filter.loadId !== undefined) query = query.where('load_id', '=', filter.loadId)
  if (filter.interactionType !== undefined) query = query.where('interaction_type', '=', filter.interactionType)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  const rows = await query.execute()
  return rows.map((row) => ({
    loadId: row.load_id,
    restatedAt: row.restated_at,
    contactMonth: row.contact_month,
    interactionType: row.interaction_type,
    metric: row.metric,
    cohort: row.cohort,
    scale: row.scale,
    before: { numerator: row.numerator_before, denominator: row.denominator_before, value: row.value_before },
    after: { numerator: row.numerator_after, denominator: row.denominator_after, value: row.value_after },
  }))
}
