import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** Contacts of one channel, customer tier and AI version; null: of any. Contacts and daily counts know all three. */
export interface ContactFilter {
  channel: string | null
  customerTier: 'standard' | 'vip' | 'unknown' | null
  /** 'unknown' means those whose source does not say. */
  aiVersion: string | null
}

/** The row fits the filter. Sums of daily counts and lists of contacts use the same condition, so that they agree. */
export function fitsFilter<T extends 'contacts' | 'daily_counts'>(
  eb: ExpressionBuilder<WarehouseSchema, T>,
  { channel, customerTier, aiVersion }: ContactFilter,
): Expression<SqlBool> {
  const plain = eb as unknown as ExpressionBuilder<WarehouseSchema, 'daily_counts'>
  return plain.and([
    ...(channel === null ? [] : [plain('channel', '=', channel)]),
    ...(customerTier === null ? [] : [plain('customer_tier', '=', customerTier)]),
    ...(aiVersion === null ? [] : [plain('ai_version', '=', aiVersion)]),
  ])
}
