import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

type Deletable = 'interactions' | 'escalations' | 'qa_reviews' | 'csat_responses' | 'change_events' | 'sampling_frames'

/** Not removed by the source. */
export function isLive<T extends Deletable>(
  eb: ExpressionBuilder<WarehouseSchema, T>,
): ExpressionWrapper<WarehouseSchema, T, SqlBool> {
  const plain = eb as unknown as ExpressionBuilder<WarehouseSchema, 'interactions'>
  return plain.eb(plain.fn.coalesce('is_deleted', plain.lit(false)), '=', plain.lit(false)) as never
}

/** A contact that is counted at all: neither removed nor test traffic. */
export function isCounted(eb: ExpressionBuilder<WarehouseSchema, 'interactions'>) {
  return eb.and([isLive(eb), eb(eb.fn.coalesce('interactions.is_test', eb.lit(false)), '=', eb.lit(false))])
}

/** Customer demand of its own, at a known time: inbound, not excluded, no placeholder time. */
export function isDemand(eb: ExpressionBuilder<WarehouseSchema, 'interactions'>) {
  return eb.and([
    eb.or([eb('interactions.direction', 'is', null), eb('interactions.direction', '=', 'inbound')]),
    eb('interactions.exclusion', 'is', null),
    eb(eb.fn.coalesce('interactions.is_time_placeholder', eb.lit(false)), '=', eb.lit(false)),
  ])
}
