import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  type DuckDBValueConverter,
  LIST,
  SQLNULL,
  TIMESTAMPTZ,
  VARCHAR,
} from '@duckdb/node-api'
import { OversightError } from '../oversight-error.ts'

/** What a warehouse value is in JavaScript: instants are Dates, calendar days 'YYYY-MM-DD', counts numbers. */
export type WarehouseValue = null | boolean | number | string | Date | WarehouseValue[]

/**
 * Turns an engine value into a WarehouseValue. BIGINT and HUGEINT become numbers; one beyond 2^53 throws `internal`
 * rather than lose its last digits. Instants are cut to milliseconds.
 */
export const fromDuckDb: DuckDBValueConverter<WarehouseValue> = (value, type, converter) => {
  if (value === null || value === undefined) return null
  switch (type.typeId) {
    case DuckDBTypeId.TIMESTAMP_TZ:
      if (value instanceof DuckDBTimestampTZValue) return dateFromMicros(value.micros)
      break
    case DuckDBTypeId.TIMESTAMP:
      if (value instanceof DuckDBTimestampValue) return dateFromMicros(value.micros)
      break
    case DuckDBTypeId.DATE:
      if (value instanceof DuckDBDateValue) return value.toString()
      break
    case DuckDBTypeId.DECIMAL:
      if (value instanceof DuckDBDecimalValue) return value.toDouble()
      break
    case DuckDBTypeId.LIST:
      if (value instanceof DuckDBListValue && 'valueType' in type) {
        const itemType = type.valueType as DuckDBType
        return value.items.map((item) => converter(item, itemType, converter))
      }
      break
    default:
      if (typeof value === 'bigint') return safeNumber(value)
      if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
      return String(value)
  }
  throw new OversightError('internal', `The warehouse gave a value of an unforeseen kind for ${type.toString()}.`)
}

/** A bound parameter with the type it is bound as: without it a Date would be refused and a list untyped. */
export function toDuckDb(value: unknown): { value: DuckDBValue; type: DuckDBType } {
  if (value === null || value === undefined) return { value: null, type: SQLNULL }
  if (typeof value === 'boolean') return { value, type: BOOLEAN }
  if (typeof value === 'string') return { value, type: VARCHAR }
  if (typeof value === 'bigint') return { value, type: BIGINT }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { value: BigInt(value), type: BIGINT } : { value, type: DOUBLE }
  }
  if (value instanceof Date) return { value: timestampFromDate(value), type: TIMESTAMPTZ }
  if (Array.isArray(value)) {
    const items = value.map(toDuckDb)
    return { value: new DuckDBListValue(items.map((item) => item.value)), type: LIST(items[0]?.type ?? VARCHAR) }
  }
  throw new OversightError('internal', `A value of kind ${typeof value} cannot be bound to a warehouse query.`)
}

export function timestampFromDate(date: Date): DuckDBTimestampTZValue {
  const milliseconds = date.getTime()
  if (Number.isNaN(milliseconds)) {
    throw new OversightError('internal', 'An invalid Date was bound to a warehouse query.')
  }
  return new DuckDBTimestampTZValue(BigInt(milliseconds) * 1000n)
}

function dateFromMicros(micros: bigint): Date {
  // Floor, so that instants before 1970 are cut the same way as those after.
  const milliseconds = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n)
  return new Date(Number(milliseconds))
}

function safeNumber(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) {
    throw new OversightError('internal', `The whole number ${value} from the warehouse is beyond 2^53.`)
  }
  return number
}
