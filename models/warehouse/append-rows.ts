import { DuckDBDateValue } from '@duckdb/node-api'
import { timestampFromDate } from './duckdb-value.ts'
import type { Warehouse } from './open-warehouse.ts'
import { type OtherTable, tableColumns } from './table-columns.ts'
import type { WarehouseSchema } from './warehouse-schema.ts'

/** Appends many rows to a table in one go: far faster than INSERT with parameters. */
export async function appendRows<T extends OtherTable>(
  warehouse: Pick<Warehouse, 'connection'>,
  table: T,
  rows: readonly WarehouseSchema[T][],
): Promise<void> {
  const columns = Object.entries<string>(tableColumns[table]).map(([name, kind]) => ({
    name,
    kind: kind.replace('?', ''),
  }))
  const days = new Map<string, DuckDBDateValue>()
  const dayOf = (text: string) => {
    const day = days.get(text) ?? dateValue(text)
    days.set(text, day)
    return day
  }
  const appender = await warehouse.connection().createAppender(table)
  try {
    for (const row of rows as unknown as readonly Record<string, unknown>[]) {
      for (const { name, kind } of columns) {
        const value = row[name]
        if (value === null || value === undefined) appender.appendNull()
        else if (kind === 'day') appender.appendDate(dayOf(String(value)))
        else if (kind === 'integer') appender.appendBigInt(BigInt(Number(value)))
        else if (kind === 'real') appender.appendDouble(Number(value))
        else if (kind === 'boolean') appender.appendBoolean(value === true)
        else if (value instanceof Date) appender.appendTimestampTZ(timestampFromDate(value))
        else appender.appendVarchar(String(value))
      }
      appender.endRow()
    }
    appender.flushSync()
  } finally {
    appender.closeSync()
  }
}

function dateValue(text: string): DuckDBDateValue {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return DuckDBDateValue.fromParts({ year, month, day })
}
