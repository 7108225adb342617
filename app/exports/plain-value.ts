import {
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBTimestampTZValue,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api'

export type PlainValue = null | string | number | boolean | PlainValue[]

/**
 * An engine value as text formats carry it: instants as ISO 8601 in UTC with every digit they have, calendar days as
 * YYYY-MM-DD, whole numbers beyond 2^53 as text.
 */
export function plainValue(value: DuckDBValue, _type?: DuckDBType): PlainValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (value instanceof DuckDBTimestampTZValue) return isoInstant(value.micros)
  if (value instanceof DuckDBDateValue) return value.toString()
  if (value instanceof DuckDBListValue) return value.items.map((item) => plainValue(item))
  return String(value)
}

function isoInstant(micros: bigint): string {
  const milliseconds = micros >= 0n ? micros / 1000n : -((-micros + 999n) / 1000n)
  const rest = micros - milliseconds * 1000n
  const iso = new Date(Number(milliseconds)).toISOString()
  return rest === 0n ? iso : `${iso.slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}
