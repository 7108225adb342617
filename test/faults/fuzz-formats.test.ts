import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSource } from '#etl/check-source.ts'
import { findSourceFolder } from '#etl/source-folder.ts'
import { OversightError } from '#models/oversight-error.ts'
import { loadFiles, rowsOf } from '#test/build/load-files.ts'
import { expectSum, factsOf, header, odd, row, withHome } from './fuzz-rows.ts'

const runs = Number(process.env.OVERSIGHT_TEST_RUNS ?? 3)
const lenient = { maximumRejectShare: 1 }
const settings = {
  numRuns: runs,
  interruptAfterTimeLimit: 30_000,
  endOnFailure: process.env.OVERSIGHT_TEST_RUNS !== undefined,
}
/** Of the row that every file holds besides, and that must come in as it is. */
const sure = ['desk', 'sure', 'billing', 'chat', '2026-03-04T08:30:00Z', 'human', '', '0.25']
const sureFact = [['billing', '2026-03-04 08:30:00+00', 0.25]]
const sureQuery = `SELECT interaction_type, CAST(started_at AS VARCHAR), CAST(ai_confidence AS DOUBLE)
  FROM interactions WHERE interaction_id = 'sure'`

type Rows = readonly (readonly unknown[])[]
type Format = 'ndjson' | 'json' | 'parquet' | 'arrow'

const formats: readonly Format[] = ['ndjson', 'json', 'parquet', 'arrow']
const anyValue = fc.oneof({ weight: 3, arbitrary: odd }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) })

/** Rows as JSON can hold them: any value in any field, halves of surrogate pairs too. */
const jsonRow = fc
  .tuple(
    row,
    fc.array(fc.tuple(fc.nat({ max: header.length - 1 }), fc.oneof(anyValue, fc.constant('\ud800'))), { maxLength: 2 }),
  )
  .map(([fields, changes]) => {
    const values: unknown[] = [...fields]
    for (const [at, value] of changes) values[at] = value
    return values
  })

function records(rows: Rows): Record<string, unknown>[] {
  return rows.map((fields) => Object.fromEntries(header.map((name, at) => [name, fields[at]])))
}

/** Columnar formats hold texts; a null is one as well. */
function text(value: unknown): string | null {
  const given = typeof value === 'string' ? value : JSON.stringify(value)
  return given === '' ? null : Buffer.from(given).toString()
}

async function bytesOf(format: Format, rows: Rows, folder: string): Promise<Uint8Array> {
  if (format === 'ndjson')
    return Buffer.from(
      `${records(rows)
        .map((each) => JSON.stringify(each))
        .join('\n')}\n`,
    )
  if (format === 'json') return Buffer.from(JSON.stringify({ made: 'today', contacts: records(rows) }))
  if (format === 'arrow') {
    const columns = header.map(
      (name, at) =>
        [
          name,
          vectorFromArray(
            rows.map((fields) => text(fields[at])),
            new Utf8(),
          ),
        ] as const,
    )
    return tableToIPC(new Table(Object.fromEntries(columns)), 'file')
  }
  const file = join(folder, 'made.parquet')
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  try {
    await connection.run(`CREATE TABLE t (${header.map((name) => `${name} VARCHAR`).join(', ')})`)
    for (const fields of rows)
      await connection.run(`INSERT INTO t VALUES (${header.map((_, at) => `$${at + 1}`).join(', ')})`, fields.map(text))
    await connection.run(`COPY t TO '${file}' (FORMAT parquet)`)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
  return readFileSync(file)
}

/** A source of its own for every run; JSON documents are the only files that the contract's own source does not take. */
function writeSource(folder: string, entry: Record<string, unknown>, mapping: string): string {
  const sources = join(folder, 'sources')
  mkdirSync(join(sources, 'desk'), { recursive: true })
  const source = { name: 'desk', description: 'A desk', customerIds: 'opaque', files: [entry] }
  writeFileSync(join(sources, 'desk', 'source.json'), JSON.stringify(source))
  writeFileSync(join(sources, 'desk', 'interactions.sql'), mapping)
  return sources
}

function sourceOf(format: Format, folder: string): { name: string; sources?: string } {
  if (format !== 'json') return { name: 'canonical' }
  const entry = { match: ['interactions*.json'], format: 'json', relations: [{ name: 'contacts', array: 'contacts' }] }
  const columns = header.map((name) => `document ->> '$.${name}' AS ${name}`)
  return {
    name: 'desk',
    sources: writeSource(folder, entry, `SELECT source_file, source_row, ${columns.join(', ')} FROM contacts`),
  }
}

/** Loads one file; undefined where it was refused with a message that names it, or for looking personal. */
async function loadOrRefuse(
  home: string,
  source: { name: string; sources?: string },
  file: string,
  content: Uint8Array,
) {
  const path = join(home, file)
  writeFileSync(path, content)
  const { name, ...options } = source
  try {
    return await loadFiles(home, name, [path], { ...lenient, ...options })
  } catch (error) {
    if (!(error instanceof OversightError) || error.code === 'internal') throw error
    if (error.code !== 'load_refused') expect(error.message).toContain(file)
    return undefined
  }
}

describe.each(formats)('whatever a file of %s holds, a load ends in facts or in a message', (format) => {
  const rowsArbitrary = fc.array(jsonRow, { maxLength: 24 })

  it('rows: every one is loaded, unchanged, superseded or quarantined, and a sound one comes in as it is', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, rowsArbitrary, (first, second) =>
        withHome(async (home) => {
          const source = sourceOf(format, home)
          for (const rows of [first, [...second, ...first.slice(0, 2)]]) {
            const all = [...rows, sure]
            const before = await factsOf(home)
            const report = await loadOrRefuse(home, source, `interactions.${format}`, await bytesOf(format, all, home))
            if (report === undefined) continue
            expect(report.entities.interactions?.read).toBe(all.length)
            await expectSum(home, report, before)
            expect(await rowsOf(home, sureQuery)).toEqual(sureFact)
          }
        }),
      ),
      settings,
    )
  }, 240_000)

  it('bytes: a damaged file is read, or an error of ours names it', async () => {
    const changes = fc.array(
      fc.tuple(fc.nat({ max: 4000 }), fc.nat({ max: 3 }), fc.uint8Array({ minLength: 0, maxLength: 6 })),
      { minLength: 1, maxLength: 3 },
    )
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, changes, (rows, mutations) =>
        withHome(async (home) => {
          const { name, sources } = sourceOf(format, home)
          let bytes = Buffer.from(await bytesOf(format, [...rows, sure], home))
          for (const [at, removed, inserted] of mutations) {
            const place = at % (bytes.length + 1)
            bytes = Buffer.concat([bytes.subarray(0, place), inserted, bytes.subarray(place + removed)])
          }
          const file = join(home, `interactions.${format}`)
          writeFileSync(file, bytes)
          try {
            // What reads and maps like a load, but builds nothing of it, leaves time for more damage.
            const source = findSourceFolder(name, sources === undefined ? [] : [sources])
            const options = { now: new Date('2026-10-15T12:00:00Z'), firstRowCount: 3, mappingMinutes: 1 }
            const { entities } = await checkSource(source, [file], options)
            const failure = entities.find(({ entity }) => entity === 'interactions')?.failure ?? ''
            if (failure !== '') expect(failure).toMatch(/interactions\.(sql|parquet|arrow|json|ndjson)/)
          } catch (error) {
            if (!(error instanceof OversightError) || error.code === 'internal') throw error
            expect(error.message).toContain(`interactions.${format}`)
          }
        }),
      ),
      { ...settings, numRuns: runs * 4 },
    )
  }, 240_000)
})

const zones = { 'Asia/Kolkata': '14:00', 'America/New_York': '03:30', UTC: '08:30' } as const
const dates = {
  '%d/%m/%Y': '04/03/2026',
  '%m-%d-%Y': '03-04-2026',
  '%Y.%m.%d': '2026.03.04',
  '%d %b %Y': '04 Mar 2026',
} as const
const dialect = fc.record({
  encoding: fc.constantFrom(undefined, 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1254', 'iso-8859-15'),
  hasMark: fc.boolean(),
  delimiter: fc.constantFrom(',', ';', '\t', '|', '~', '^', ':'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  decimal: fc.constantFrom(',', '.'),
  date: fc.constantFrom(...(Object.keys(dates) as (keyof typeof dates)[])),
  zone: fc.constantFrom(...(Object.keys(zones) as (keyof typeof zones)[])),
  nullText: fc.constantFrom('', 'NULL', 'n/a', '\\N'),
  format: fc.constantFrom('csv', 'ndjson'),
})

/** The text in an encoding, without the signs that it does not have. */
function encode(content: string, encoding: string | undefined, hasMark: boolean): Uint8Array {
  const mark = hasMark ? '\ufeff' : ''
  if (encoding === undefined || encoding === 'utf-8') return Buffer.from(mark + content)
  if (encoding === 'utf-16le') return Buffer.from(mark + content, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(mark + content, 'utf16le').swap16()
  const signs = [...new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))]
  const bytes = new Map(signs.map((sign, byte) => [sign, byte]))
  return Uint8Array.from([...content].flatMap((sign) => bytes.get(sign) ?? []))
}

describe('whatever a source declares', () => {
  it('the sum holds, and what is written as declared is read as meant', async () => {
    await fc.assert(
      fc.asyncProperty(dialect, fc.array(row, { maxLength: 16 }), (options, rows) =>
        withHome(async (home) => {
          const { encoding, hasMark, delimiter, lineEnd, decimal, date, zone, nullText, format } = options
          const sources = writeSource(
            home,
            {
              match: ['interactions*'],
              relation: 'contacts',
              optional: header,
              format,
              delimiter,
              ...(encoding === undefined ? {} : { encoding }),
              ...(nullText === '' ? {} : { nullTexts: [nullText] }),
              instants: { started_at: { formats: [`${date} %H:%M`], timeZone: zone } },
              numbers: { ai_confidence: { decimal } },
            },
            `SELECT source_file, source_row, ${header.join(', ')} FROM contacts`,
          )
          const written = sure.map((value, at) =>
            header[at] === 'started_at'
              ? `${dates[date]} ${zones[zone]}`
              : header[at] === 'ai_confidence'
                ? `0${decimal}25`
                : value === ''
                  ? nullText
                  : value,
          )
          const all = [...rows, written].map((fields) => fields.map((value) => value.replaceAll('\u0000', '')))
          const field = (value: string) => `"${value.replaceAll('"', '""')}"`
          const content =
            format === 'csv'
              ? [header, ...all].map((fields) => fields.map(field).join(delimiter) + lineEnd).join('')
              : records(all)
                  .map((each) => `${JSON.stringify(each)}\n`)
                  .join('')
          const file = `interactions.${format}`
          const report = await loadOrRefuse(home, { name: 'desk', sources }, file, encode(content, encoding, hasMark))
          if (report === undefined) return
          expect(report.entities.interactions?.read).toBe(all.length)
          await expectSum(home, report, 0)
          expect(await rowsOf(home, sureQuery)).toEqual(sureFact)
        }),
      ),
      { ...settings, numRuns: runs * 2 },
    )
  }, 240_000)
})
