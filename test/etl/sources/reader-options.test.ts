import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { Table, TimestampMicrosecond, tableFromArrays, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { findSourceFolder } from '#etl/source-folder.ts'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const facts = 'SELECT interaction_id, interaction_type, started_at, value_at_stake FROM interactions ORDER BY 1'
const lenient = { maximumRejectShare: 1 }

/** A source of one file whose entry takes these options; every column of the mapping is a column of the file. */
function sourceWith(options: Record<string, unknown>, file: Record<string, unknown> = {}): string {
  const sources = temporaryFolder()
  mkdirSync(join(sources, 'desk'))
  const entry = {
    match: ['tickets*'],
    relation: 'tickets',
    required: ['no', 'opened'],
    optional: ['topic', 'price'],
    ...options,
  }
  writeFileSync(
    join(sources, 'desk', 'source.json'),
    JSON.stringify({ name: 'desk', description: 'A desk', files: [entry], ...file }),
  )
  writeFileSync(
    join(sources, 'desk', 'interactions.sql'),
    `SELECT source_file, source_row, 'desk' AS source, no AS interaction_id, coalesce(topic, 'none') AS interaction_type,
      'email' AS channel, opened AS started_at, 'human' AS handled_by, price AS value_at_stake FROM tickets`,
  )
  return sources
}

describe('dates', () => {
  it('are read in the declared format and zone, and nothing else', async () => {
    const sources = sourceWith({ instants: { opened: { formats: ['%d/%m/%Y %H:%M'], timeZone: 'Asia/Kolkata' } } })
    const home = temporaryFolder()
    const files = temporaryFiles({ 'tickets.csv': 'no,opened\na,03/04/2026 10:00\nb,04-03-2026\nc,13/13/2026 10:00\n' })
    const report = await loadFiles(home, 'desk', files, { sources, ...lenient })
    expect(report.entities.interactions).toMatchObject({ loaded: 1, quarantinedByRule: { unreadable_value: 2 } })
    expect(await rowsOf(home, facts)).toEqual([['a', 'none', '2026-04-03 04:30:00+00', null]])
  })

  it('without a declared format are refused: 03/04 is two days', async () => {
    const home = temporaryFolder()
    const files = temporaryFiles({ 'tickets.csv': 'no,opened\na,03/04/2026\nb,2026-04-03T10:00:00+02:00\n' })
    const report = await loadFiles(home, 'desk', files, { sources: sourceWith({}), ...lenient })
    expect(report.entities.interactions).toMatchObject({ loaded: 1, quarantinedByRule: { unreadable_value: 1 } })
  })

  it('that two declared formats read differently are refused, the others taken', async () => {
    const formats = ['%d/%m/%Y', '%m/%d/%Y']
    const sources = sourceWith({ instants: { opened: { formats, timeZone: 'UTC' } } })
    const home = temporaryFolder()
    const files = temporaryFiles({ 'tickets.csv': 'no,opened\nboth,03/04/2026\nday,13/04/2026\nsame,04/04/2026\n' })
    const report = await loadFiles(home, 'desk', files, { sources, ...lenient })
    expect(report.entities.interactions).toMatchObject({ loaded: 2, quarantinedByRule: { unreadable_value: 1 } })
    expect(await rowsOf(home, 'SELECT interaction_id, started_at FROM interactions ORDER BY 1')).toEqual([
      ['day', '2026-04-13 00:00:00+00'],
      ['same', '2026-04-04 00:00:00+00'],
    ])
  })

  it('are joined from several columns, follow summer time, and keep their own offset where the format has one', async () => {
    const joined = sourceWith({
      required: ['no'],
      instants: { opened: { from: ['day', 'time'], formats: ['%d-%m-%y %I:%M:%S %p'], timeZone: 'Europe/Paris' } },
    })
    const home = temporaryFolder()
    const files = temporaryFiles({
      'tickets.csv': 'no,day,time\nwinter,04-01-26,3:53:50 PM\nsummer,04-07-26,10:22:56 AM\nhalf,04-07-26,\n',
    })
    const report = await loadFiles(home, 'desk', files, { sources: joined, ...lenient })
    expect(report.entities.interactions).toMatchObject({ quarantinedByRule: { missing_value: 1 } })
    expect(await rowsOf(home, 'SELECT interaction_id, started_at FROM interactions ORDER BY 1')).toEqual([
      ['summer', '2026-07-04 08:22:56+00'],
      ['winter', '2026-01-04 14:53:50+00'],
    ])
    const offset = sourceWith({ instants: { opened: { formats: ['%d.%m.%Y %H:%M %z'] } } })
    const other = temporaryFolder()
    await loadFiles(other, 'desk', temporaryFiles({ 'tickets.csv': 'no,opened\na,03.04.2026 10:00 +0300\n' }), {
      sources: offset,
    })
    expect(await rowsOf(other, 'SELECT started_at FROM interactions')).toEqual([['2026-04-03 07:00:00+00']])
  })
})

describe('numbers', () => {
  it('with a decimal comma and groups are read as declared; what has another form is refused, never misread', async () => {
    const sources = sourceWith({ delimiter: ';', numbers: { price: { decimal: ',', group: '.' } } })
    const home = temporaryFolder()
    const time = '2026-04-03T10:00:00Z'
    const rows = ['a;1.234,50', 'b;12,5', 'c;7', 'd;1234,5', 'e;12.5', 'f;1,234.50', 'g;']
    const files = temporaryFiles({
      'tickets.csv': `no;price;opened\n${rows.map((row) => `${row};${time}\n`).join('')}`,
    })
    const report = await loadFiles(home, 'desk', files, { sources, ...lenient })
    expect(report.entities.interactions).toMatchObject({ loaded: 5, quarantinedByRule: { unreadable_value: 2 } })
    expect(await rowsOf(home, 'SELECT value_at_stake FROM interactions ORDER BY interaction_id')).toEqual([
      [1234.5],
      [12.5],
      [7],
      [1234.5],
      [null],
    ])
  })

  it('with a dot for thousands and no declared groups are refused', async () => {
    const sources = sourceWith({ delimiter: ';', numbers: { price: { decimal: ',' } } })
    const files = temporaryFiles({ 'tickets.csv': 'no;price;opened\na;1.234;2026-04-03T10:00:00Z\n' })
    const report = await loadFiles(temporaryFolder(), 'desk', files, { sources, ...lenient })
    expect(report.entities.interactions).toMatchObject({ loaded: 0, quarantinedByRule: { unreadable_value: 1 } })
  })
})

describe('texts', () => {
  const row = 'no,topic,opened\na,"İade, şikâyet",2026-04-03T10:00:00Z\nb,çağrı,2026-04-03T10:00:00Z\n'
  const expected = [
    ['a', 'İade, şikâyet'],
    ['b', 'çağrı'],
  ]
  const topics = 'SELECT interaction_id, interaction_type FROM interactions ORDER BY 1'
  // The letters that windows-1254 has and ASCII has not.
  const turkish: Record<string, number> = { İ: 0xdd, ş: 0xfe, ğ: 0xf0, ı: 0xfd, ç: 0xe7, â: 0xe2 }
  const windows1254 = Buffer.from([...row].map((letter) => turkish[letter] ?? letter.charCodeAt(0)))

  it.each([
    ['windows-1254', { encoding: 'windows-1254' }, windows1254],
    ['UTF-16 told by its mark', {}, Buffer.from(`\uFEFF${row}`, 'utf16le')],
    ['UTF-16, big end first, told by its mark', {}, Buffer.from(`\uFEFF${row}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', { encoding: 'utf-16le' }, Buffer.from(row, 'utf16le')],
    ['UTF-8 with a mark', {}, Buffer.from(`\uFEFF${row}`)],
    ['CR line ends only', {}, Buffer.from(row.replaceAll('\n', '\r'))],
    ['CR and LF', {}, Buffer.from(row.replaceAll('\n', '\r\n'))],
  ])('arrive the same from a file in %s, packed or not', async (_, options, content) => {
    for (const files of [{ 'tickets.csv': content }, { 'tickets.csv.zst': zstdCompressSync(content) }]) {
      const home = temporaryFolder()
      await loadFiles(home, 'desk', temporaryFiles(files), { sources: sourceWith(options) })
      expect(await rowsOf(home, topics)).toEqual(expected)
    }
  })

  it('in an undeclared encoding end the load', async () => {
    const files = temporaryFiles({ 'tickets.csv': windows1254 })
    await expect(loadFiles(temporaryFolder(), 'desk', files, { sources: sourceWith({}) })).rejects.toThrow(
      'tickets.csv, line 2: is not UTF-8 text',
    )
  })

  it('that are not of the declared encoding end the load', async () => {
    const files = temporaryFiles({ 'tickets.csv': Buffer.from(row, 'utf16le').subarray(0, -1) })
    const sources = sourceWith({ encoding: 'utf-16le' })
    await expect(loadFiles(temporaryFolder(), 'desk', files, { sources })).rejects.toThrow(
      /^tickets\.csv, at or after line 3: is not utf-16le text/,
    )
  })

  it('that mean "no value" are none', async () => {
    const home = temporaryFolder()
    const sources = sourceWith({ nullTexts: ['N/A', '-'] })
    const files = temporaryFiles({
      'tickets.csv': 'no,topic,price,opened\na,N/A,-,2026-04-03T10:00:00Z\nb,N/A?,2,2026-04-03T10:00:00Z\n',
    })
    await loadFiles(home, 'desk', files, { sources })
    expect(await rowsOf(home, facts)).toEqual([
      ['a', 'none', '2026-04-03 10:00:00+00', null],
      ['b', 'N/A?', '2026-04-03 10:00:00+00', 2],
    ])
  })
})

describe('Arrow files', () => {
  it('give their rows, timestamps as UTC, from the file and the stream format', async () => {
    const table = new Table({
      no: vectorFromArray(['a', 'b'], new Utf8()),
      opened: vectorFromArray([1775210400123, 1775210400000], new TimestampMicrosecond()),
      price: tableFromArrays({ price: Float64Array.of(1.5, 2) }).getChildAt(0) as never,
    })
    for (const [name, format] of [
      ['tickets.arrow', 'file'],
      ['tickets.arrows', 'stream'],
    ] as const) {
      const home = temporaryFolder()
      const files = temporaryFiles({ [name]: tableToIPC(table, format) })
      await loadFiles(home, 'desk', files, { sources: sourceWith({}) })
      expect(await rowsOf(home, facts)).toEqual([
        ['a', 'none', '2026-04-03 10:00:00.123+00', 1.5],
        ['b', 'none', '2026-04-03 10:00:00+00', 2],
      ])
    }
  })

  it('that are none end the load', async () => {
    const files = temporaryFiles({ 'tickets.arrow': 'ARROW1 and nothing else' })
    await expect(loadFiles(temporaryFolder(), 'desk', files, { sources: sourceWith({}) })).rejects.toThrow(
      /^tickets\.arrow: is not a sound Arrow IPC file/,
    )
  })
})

describe('files', () => {
  it('that the source ignores are left out with a warning', async () => {
    const home = temporaryFolder()
    const files = temporaryFiles({ 'tickets.csv': 'no,opened\na,2026-04-03T10:00:00Z\n', 'brands.csv': 'x\n' })
    const sources = sourceWith({}, { ignore: ['brands*.csv'] })
    const report = await loadFiles(home, 'desk', files, { sources })
    expect(report.warnings).toEqual(['Left out, because source desk does not need them: brands.csv.'])
    expect(report.files).toHaveLength(1)
  })

  it('may have a column twice when nobody reads it', async () => {
    const files = temporaryFiles({ 'tickets.csv': 'no,opened,mood,mood,\na,2026-04-03T10:00:00Z,x,y,z\n' })
    const report = await loadFiles(temporaryFolder(), 'desk', files, { sources: sourceWith({}) })
    expect(report.warnings).toEqual(['tickets.csv: columns that are not known were ignored: (without a name), mood.'])
  })

  it('of one JSON array, and of one document per line, are documents too', async () => {
    const document = (id: string) => JSON.stringify({ no: id, opened: '2026-04-03T10:00:00Z' })
    for (const [file, entry, content] of [
      [
        'tickets.json',
        { format: 'json', relations: [{ name: 'raw', array: '$' }] },
        `[${document('a')}, ${document('b')}]`,
      ],
      ['tickets.jsonl', { format: 'ndjson', relations: [{ name: 'raw' }] }, `${document('a')}\n${document('b')}\n`],
    ] as const) {
      const sources = sourceWith({})
      writeFileSync(
        join(sources, 'desk', 'source.json'),
        JSON.stringify({ name: 'desk', description: 'x', files: [{ match: ['tickets*'], ...entry }] }),
      )
      writeFileSync(
        join(sources, 'desk', 'interactions.sql'),
        `SELECT source_file, source_row, 'desk' AS source, document ->> '$.no' AS interaction_id, 'x' AS interaction_type,
          'email' AS channel, document ->> '$.opened' AS started_at, 'human' AS handled_by FROM raw`,
      )
      const home = temporaryFolder()
      await loadFiles(home, 'desk', temporaryFiles({ [file]: content }), { sources })
      expect(await rowsOf(home, 'SELECT interaction_id, source_row FROM interactions ORDER BY 1')).toEqual([
        ['a', '1'],
        ['b', '2'],
      ])
    }
  })
})

describe('a description', () => {
  it.each([
    ['an unknown encoding', { encoding: 'klingon' }, 'no known encoding'],
    ['an unknown time zone', { instants: { opened: { formats: ['%d'], timeZone: 'Mars/Base' } } }, 'no IANA time zone'],
    ['local times without a zone', { instants: { opened: { formats: ['%d'] } } }, 'timeZone is needed'],
    ['one sign for two things', { numbers: { price: { decimal: ',', group: ',' } } }, 'the same sign'],
  ])('with %s is refused', (_, options, message) => {
    const sources = sourceWith(options)
    expect(() => findSourceFolder('desk', [sources])).toThrow(message)
  })
})
