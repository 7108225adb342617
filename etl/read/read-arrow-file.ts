import type { DuckDBConnection } from '@duckdb/node-api'
import { DataType, TimeUnit } from 'apache-arrow'
import { OversightError } from '#models/oversight-error.ts'
import { sqlIdentifier } from '../sql-literal.ts'
import { openArrowFile } from './arrow-batches.ts'
import type { InputFile } from './input-file.ts'
import { refuseDeadlyArrowFile } from './refuse-deadly-arrow-file.ts'

/**
 * Reads an Arrow IPC file or stream into a table of text columns: source_row and one column per field, in the file's
 * order, named c0, c1, ... Timestamps without a zone are UTC; lists and structs arrive as JSON.
 * Returns the field names. Buffers may be packed with LZ4 or zstd. Throws bad_input for a file
 * that is none, is damaged, or unpacks to too much.
 *
 * @param target schema and table, without quotes
 */
export async function readArrowFile(
  connection: DuckDBConnection,
  target: { catalog: string; schema: string; table: string },
  input: InputFile,
): Promise<string[]> {
  try {
    await refuseDeadlyArrowFile(input)
    const { schema, batches } = await openArrowFile(input)
    const columns = schema.fields.map((_, index) => `, c${index} VARCHAR`).join('')
    const name = [target.catalog, target.schema, target.table].map(sqlIdentifier).join('.')
    await connection.run(`CREATE TABLE ${name} (source_row BIGINT${columns})`)
    const appender = await connection.createAppender(target.table, target.schema, target.catalog)
    let row = 0n
    for await (const batch of batches) {
      refuseEmptyRows(Number(row) + batch.numRows, input)
      const vectors = schema.fields.map((field, index) => ({ type: field.type, vector: batch.getChildAt(index) }))
      for (let index = 0; index < batch.numRows; index += 1) {
        row += 1n
        appender.appendBigInt(row)
        for (const { type, vector } of vectors) {
          const text = textOf(vector?.get(index), type)
          if (text === null) appender.appendNull()
          else appender.appendVarchar(text)
        }
        appender.endRow()
      }
    }
    appender.closeSync()
    // The name of a field is optional in the format, whatever the library's types say.
    return schema.fields.map(({ name: field }) => (field as string | null) ?? '')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : cause
    const what = cause instanceof OversightError ? reason : `is not a sound Arrow IPC file (${reason})`
    throw new OversightError('bad_input', `${input.sourceFile}: ${what}. Nothing was loaded.`, { cause })
  }
}

/** Columns of nulls and rows without columns cost nothing in the file, so their number says nothing about its size. */
function refuseEmptyRows(rowCount: number, input: InputFile): void {
  if (rowCount <= input.maximumUnpackedBytes) return
  throw new OversightError(
    'bad_input',
    `has ${rowCount} rows, far more than its size can hold; refused as a decompression bomb`,
  )
}

function textOf(value: unknown, type: DataType): string | null {
  if (value === null || value === undefined) return null
  if (DataType.isTimestamp(type)) {
    // The library gives milliseconds for every unit; finer ones as a fraction.
    const micros = Math.round(Number(value) * 1000)
    const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19)
    const fraction = String(((micros % 1_000_000) + 1_000_000) % 1_000_000).padStart(6, '0')
    return type.unit === TimeUnit.SECOND ? `${seconds}Z` : `${seconds}.${fraction}Z`
  }
  if (DataType.isDate(type)) return new Date(Number(value)).toISOString().slice(0, 10)
  if (DataType.isDecimal(type)) return decimalText(value, type.scale)
  if (typeof value === 'object') {
    return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each))
  }
  return String(value)
}

/** The library gives a decimal as its unscaled digits. */
function decimalText(value: unknown, scale: number): string {
  const digits = String(value)
  if (scale <= 0) return digits
  const sign = digits.startsWith('-') ? '-' : ''
  const plain = digits.slice(sign.length).padStart(scale + 1, '0')
  return `${sign}${plain.slice(0, -scale)}.${plain.slice(-scale)}`
}
