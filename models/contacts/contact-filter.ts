import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** Contacts of one channel, customer tier and AI version; null: of any. Contacts and daily counts know all three. */
export interface ContactFilter {
  channel: string | null
  customerTier: 'standard' | 'vip' | 'unknown' | null
  /** 'unknown' means those whose source does not say. */
  aiVersion: string | null
}

/**
 * The row of `table` fits the filter; without one every row does. Sums of daily counts and lists of contacts use the same
 * condition, so that they agree.
 */
export function fitsFilter<DB, T extends keyof DB>(
  eb: ExpressionBuilder<DB, T>,
  table: T & ('contacts' | 'contact' | 'daily_counts'),
  filter: ContactFilter | undefined,
): Expression<SqlBool> {
  const { channel, customerTier, aiVersion } = filter ?? { channel: null, customerTier: null, aiVersion: null }
  const plain = eb as unknown as ExpressionBuilder<WarehouseSchema, 'daily_counts'>
  const column = <Name extends 'channel' | 'customer_tier' | 'ai_version'>(name: Name) =>
    `${table}.${name}` as `daily_counts.${Name}`
  return plain.and([
    ...(channel === null ? [] : [plain(column('channel'), '=', channel)]),
    ...(customerTier === null ? [] : [plain(column('customer_tier'), '=', customerTier)]),
    ...(aiVersion === null ? [] : [plain(column('ai_version'), '=', aiVersion)]),
  ])
}
