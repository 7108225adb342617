import { Readable } from 'node:stream'
import {
  DuckDBDateValue,
  DuckDBListValue,
  type DuckDBResult,
  DuckDBTimestampTZValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api'
import {
  Bool,
  type Data,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int64,
  List,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow'
import { OversightError } from '#models/oversight-error.ts'

/**
 * An Arrow IPC stream, one record batch per chunk of the engine. Instants are microseconds in UTC, days are days,
 * counts 64-bit integers: nothing is rounded.
 */
export async function* writeArrow(result: DuckDBResult): AsyncGenerator<Uint8Array> {
  const names = result.columnNames()
  const types = result.columnTypes()
  const schema = new Schema(names.map((name, index) => new Field(name, arrowType(types[index]), true)))
  const source = Readable.from(recordBatches(result, schema))
  const writer = RecordBatchStreamWriter.throughNode({ autoDestroy: true })
  source.on('error', (error) => writer.destroy(error))
  yield* source.pipe(writer) as AsyncIterable<Uint8Array>
}

async function* recordBatches(result: DuckDBResult, schema: Schema): AsyncGenerator<RecordBatch> {
  let isEmpty = true
  for await (const chunk of result) {
    isEmpty = false
    yield recordBatch(schema, chunk.rowCount, (index) => chunk.getColumnValues(index))
  }
  // The schema travels with the first batch, so an empty dataset is one batch without rows.
  if (isEmpty) yield recordBatch(schema, 0, () => [])
}

function recordBatch(schema: Schema, length: number, columnValues: (index: number) => DuckDBValue[]): RecordBatch {
  const children = schema.fields.map((field, index) => arrowData(field.type, columnValues(index)))
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }))
}

function arrowType(type: DuckDBType | undefined): DataType {
  switch (type?.typeId) {
    case DuckDBTypeId.VARCHAR:
      return new Utf8()
    case DuckDBTypeId.BOOLEAN:
      return new Bool()
    case DuckDBTypeId.DOUBLE:
      return new Float64()
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.INTEGER:
      return new Int64()
    case DuckDBTypeId.DATE:
      return new DateDay()
    case DuckDBTypeId.TIMESTAMP_TZ:
      return new TimestampMicrosecond('UTC')
    case DuckDBTypeId.LIST:
      return new List(new Field('item', arrowType('valueType' in type ? (type.valueType as DuckDBType) : undefined)))
    default:
      throw new OversightError('internal', `There is no Arrow type for ${type?.toString() ?? 'a missing column'}.`)
  }
}

function arrowData(type: DataType, values: readonly DuckDBValue[]): Data {
  const length = values.length
  const nullBitmap = new Uint8Array(Math.ceil(length / 8))
  let nullCount = 0
  for (let index = 0; index < length; index += 1) {
    if (values[index] === null) nullCount += 1
    else setBit(nullBitmap, index)
  }
  const shared = { length, nullCount, nullBitmap }
  if (type instanceof Utf8) {
    const valueOffsets = new Int32Array(length + 1)
    const parts = values.map((value, index) => {
      const bytes = Buffer.from(value === null ? '' : String(value), 'utf8')
      valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + bytes.length
      return bytes
    })
    return makeData({ type, ...shared, valueOffsets, data: Buffer.concat(parts) })
  }
  if (type instanceof Bool) {
    const data = new Uint8Array(Math.ceil(length / 8))
    for (let index = 0; index < length; index += 1) if (values[index] === true) setBit(data, index)
    return makeData({ type, ...shared, data })
  }
  if (type instanceof Float64) {
    return makeData({ type, ...shared, data: Float64Array.from(values, (value) => Number(value ?? 0)) })
  }
  if (type instanceof Int64) {
    const data = BigInt64Array.from(values, (value) => BigInt((value ?? 0) as number | bigint))
    return makeData({ type, ...shared, data })
  }
  if (type instanceof DateDay) {
    const data = Int32Array.from(values, (value) => (value instanceof DuckDBDateValue ? value.days : 0))
    return makeData({ type, ...shared, data })
  }
  if (type instanceof TimestampMicrosecond) {
    const data = BigInt64Array.from(values, (value) => (value instanceof DuckDBTimestampTZValue ? value.micros : 0n))
    return makeData({ type, ...shared, data })
  }
  if (type instanceof List) {
    const valueOffsets = new Int32Array(length + 1)
    const items = values.flatMap((value, index) => {
      const list = value instanceof DuckDBListValue ? value.items : []
      valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + list.length
      return list
    })
    return makeData({ type, ...shared, valueOffsets, child: arrowData(type.valueType, items) })
  }
  throw new OversightError('internal', `There is no writer for the Arrow type ${type}.`)
}

function setBit(bitmap: Uint8Array, index: number): void {
  bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (1 << (index & 7))
}
