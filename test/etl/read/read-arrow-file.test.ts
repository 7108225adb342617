import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import {
  Bool,
  CompressionType,
  Decimal,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  Struct,
  Table,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setArrowCodecs } from '#etl/read/arrow-codecs.ts'
import { readArrowFile } from '#etl/read/read-arrow-file.ts'
import { loadFiles, rowsOf, temporaryFolder } from '#test/build/load-files.ts'

const { LZ4_FRAME, ZSTD } = CompressionType
const rowCount = 4000
const each = <Value>(value: (index: number) => Value) => Array.from({ length: rowCount }, (_, index) => value(index))

/** Every kind of column that exports hold, with nulls in all of them. */
function table(): Table {
  const orNull = <Value>(value: (index: number) => Value) => each((index) => (index % 7 === 0 ? null : value(index)))
  const struct = new Struct([Field.new('city', new Utf8(), true), Field.new('zip', new Int32(), true)])
  return new Table({
    text: vectorFromArray(
      orNull((index) => `contact ${index} é`),
      new Utf8(),
    ),
    word: vectorFromArray(
      orNull((index) => ['chat', 'mail'][index % 2]),
      new Dictionary(new Utf8(), new Int32()),
    ),
    whole: vectorFromArray(
      orNull((index) => BigInt(index) * 10n ** 15n),
      new Int64(),
    ),
    real: vectorFromArray(
      orNull((index) => index / 4),
      new Float64(),
    ),
    flag: vectorFromArray(
      orNull((index) => index % 2 === 0),
      new Bool(),
    ),
    instant: vectorFromArray(
      orNull((index) => index * 1000 + 0.5),
      new TimestampMicrosecond(),
    ),
    topics: vectorFromArray(
      orNull((index) => [`t${index}`, null]),
      new List(Field.new('item', new Utf8(), true)),
    ),
    place: vectorFromArray(
      orNull((index) => ({ city: 'Köln', zip: index })),
      struct,
    ),
    nothing: vectorFromArray(
      each(() => null),
      new Utf8(),
    ),
  })
}

function bytesOf(given: Table, format: 'file' | 'stream', compressionType: CompressionType | null): Uint8Array {
  setArrowCodecs(2 ** 40)
  const writer = format === 'file' ? RecordBatchFileWriter : RecordBatchStreamWriter
  return writer.writeAll(given, { compressionType, autoDestroy: true } as never).toUint8Array(true)
}

describe('an Arrow file', () => {
  let instance: DuckDBInstance
  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:')
  })
  afterAll(() => instance.closeSync())

  async function read(bytes: Uint8Array, maximumUnpackedBytes = 10 ** 8) {
    const path = join(temporaryFolder(), 'export.arrow')
    writeFileSync(path, bytes)
    const connection = await instance.connect()
    try {
      await connection.run('DROP TABLE IF EXISTS memory.main.export')
      const name = { sourceFile: 'export.arrow', plainName: 'export.arrow', path, given: { path, state: '' } }
      const names = await readArrowFile(
        connection,
        { catalog: 'memory', schema: 'main', table: 'export' },
        { ...name, sha256: '', byteCount: bytes.length, maximumUnpackedBytes },
      )
      const reader = await connection.runAndReadAll('SELECT * FROM memory.main.export ORDER BY source_row')
      return { names, rows: reader.getRowsJson() }
    } finally {
      connection.closeSync()
    }
  }

  it.each([
    ['file', 'LZ4', LZ4_FRAME],
    ['stream', 'LZ4', LZ4_FRAME],
    ['file', 'zstd', ZSTD],
    ['stream', 'zstd', ZSTD],
  ] as const)('as %s packed with %s reads like one that is not packed', async (format, _, compression) => {
    const plain = await read(bytesOf(table(), format, null))
    const bytes = bytesOf(table(), format, compression)
    expect(bytes.length).toBeLessThan(bytesOf(table(), format, null).length * 0.6)
    const packed = await read(bytes)
    expect(packed).toEqual(plain)
    expect(packed.rows).toHaveLength(rowCount)
    expect(packed.names.join(' ')).toBe('text word whole real flag instant topics place nothing')
    expect(packed.rows[0]).toEqual(['1', ...packed.names.map(() => null)])
    expect(packed.rows[3999]).toEqual([
      '4000',
      'contact 3999 é',
      'mail',
      '3999000000000000000',
      '999.75',
      'false',
      '1970-01-01T01:06:39.000500Z',
      '["t3999",null]',
      '{"city":"Köln","zip":3999}',
      null,
    ])
  })

  it('whose column has no name reads it as one that nobody knows', async () => {
    const texts = vectorFromArray(['one'], new Utf8())
    const both = new Table({ text: texts, other: texts })
    for (const { schema } of [both, ...both.batches]) Object.assign(schema.fields[1] ?? {}, { name: null })
    expect((await read(bytesOf(both, 'file', null))).names).toEqual(['text', ''])
  })

  it('of decimals packed with LZ4 keeps every digit', async () => {
    const digits = new Uint32Array([12345, 0, 0, 0])
    const decimals = new Table({ amount: vectorFromArray([digits, null], new Decimal(2, 20)) })
    expect((await read(bytesOf(decimals, 'file', LZ4_FRAME))).rows).toEqual([
      ['1', '123.45'],
      ['2', null],
    ])
  })

  it.each([
    ['LZ4', LZ4_FRAME],
    ['zstd', ZSTD],
  ] as const)('that unpacks to far more than its size is refused before it is unpacked: %s', async (_, compression) => {
    const zeros = new Table({ text: vectorFromArray([' '.repeat(50_000_000)], new Utf8()) })
    const bytes = bytesOf(zeros, 'file', compression)
    expect(bytes.length).toBeLessThan(400_000)
    await expect(read(bytes, 10 * 2 ** 20)).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(/^export\.arrow: its buffers unpack to too much .+ decompression bomb/),
    })
  })

  it.each([
    ['LZ4', LZ4_FRAME],
    ['zstd', ZSTD],
  ] as const)('whose %s buffers are damaged is refused, whichever byte it is', async (_, compression) => {
    const bytes = bytesOf(table(), 'stream', compression)
    for (let at = 2000; at < bytes.length - 100; at += Math.floor(bytes.length / 25)) {
      const damaged = bytes.slice()
      damaged.fill(0xff, at, at + 24)
      try {
        await read(damaged)
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad_input', message: expect.stringMatching(/^export\.arrow: /) })
      }
    }
    await expect(read(bytes.slice(0, bytes.length / 2))).rejects.toMatchObject({ code: 'bad_input' })
  })

  it('that claims two thousand million parts is refused, and the process goes on', async () => {
    const texts = new Table({ text: vectorFromArray(['one', 'two', 'three'], new Utf8()) })
    const bytes = Buffer.from(bytesOf(texts, 'file', null))
    // One node, of three rows and no null, as the metadata of the batch hold it: its count stands before it.
    const node = Buffer.from([1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    const at = bytes.indexOf(node)
    expect(at).toBeGreaterThan(0)
    bytes.writeInt32LE(2 ** 31 - 1, at)
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(/^export\.arrow: is damaged: what it says of its own parts cannot be true/),
    })
  })

  it('packed with LZ4 can be loaded', async () => {
    const contacts = new Table(
      Object.fromEntries(
        Object.entries({
          source: each(() => 'desk'),
          interaction_id: each((index) => `c${index}`),
          interaction_type: each((index) => ['billing', 'delivery'][index % 2]),
          channel: each(() => 'chat'),
          started_at: each(() => '2026-01-05T09:00:00Z'),
          handled_by: each(() => 'ai'),
        }).map(([name, values]) => [name, vectorFromArray(values, new Dictionary(new Utf8(), new Int32()))]),
      ),
    )
    const [home, folder] = [temporaryFolder(), temporaryFolder()]
    writeFileSync(join(folder, 'interactions.arrow'), bytesOf(contacts, 'file', LZ4_FRAME))
    const report = await loadFiles(home, 'canonical', [join(folder, 'interactions.arrow')])
    expect(report.entities.interactions).toMatchObject({ read: rowCount, loaded: rowCount })
    expect(await rowsOf(home, "SELECT count(*)::INT FROM interactions WHERE interaction_type = 'billing'")).toEqual([
      [rowCount / 2],
    ])
  })
})
