import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findSourceFolder } from '#etl/source-folder.ts'
import { entityColumns } from '#models/contract/columns.ts'
import { entityNames } from '#models/contract/entities.ts'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

describe('the canonical source', () => {
  const source = findSourceFolder('canonical')

  it.each(entityNames)('takes exactly the columns that the contract gives %s', (entity) => {
    const files = source.files.find((entry) => 'relation' in entry && entry.relation === entity)
    const columns = entityColumns(entity)
    // The key of a frame joins other columns of its row: the mapping makes it, files need not.
    const given = columns.filter(({ name }) => name !== 'frame_id')
    expect(files).toMatchObject({
      required: given.filter(({ isRequired }) => isRequired).map(({ name }) => name),
      optional: given.filter(({ isRequired }) => !isRequired).map(({ name }) => name),
    })
    const sql = source.mappings.find((mapping) => mapping.entity === entity)?.sql ?? ''
    const selected = sql
      .replace(/^--.*$/gm, '')
      .replace(/concat_ws\([^)]*\) AS /, '')
      .match(/\w+/g)
      ?.filter((word) => !/^(SELECT|FROM)$/.test(word))
    expect(selected).toEqual(['source_file', 'source_row', ...columns.map(({ name }) => name), entity])
  })
})

describe("a source of one's own", () => {
  it('maps files of any shape by SQL, without code', async () => {
    const sources = ownSource(`SELECT source_file, source_row, 'shop' AS source, no AS interaction_id,
      lower(topic) AS interaction_type, 'email' AS channel, "day" || 'T00:00:00Z' AS started_at, 'human' AS handled_by
      FROM tickets;`)
    const home = temporaryFolder()
    const files = temporaryFiles({ 'tickets-june.csv': 'no;day;topic\n1;2026-06-01;Refund\n2;01.06.2026;Refund\n' })
    const report = await loadFiles(home, 'shop', files, { sources, maximumRejectShare: 0.5 })
    expect(report.entities.interactions).toMatchObject({ loaded: 1, quarantinedByRule: { unreadable_value: 1 } })
    expect(await rowsOf(home, 'SELECT interaction_type, started_at FROM interactions')).toEqual([
      ['refund', '2026-06-01 00:00:00+00'],
    ])
  })

  it.each([
    ['a second statement', 'SELECT 1; DROP TABLE tickets', 'exactly one SELECT'],
    ['a statement that writes', 'CREATE TABLE x AS SELECT 1', 'holds another statement; a mapping is exactly one'],
    ['a statement that deletes', 'DELETE FROM tickets', 'holds another statement; a mapping is exactly one SELECT'],
    ['a pragma', 'PRAGMA version', 'holds another statement'],
    ['nothing but a comment', '-- to do\n/* not yet */', 'holds no statement; a mapping is exactly one SELECT'],
    ['what is no SQL, telling its line', '-- tickets\n\nSELECT source_file,, no FROM tickets', 'LINE 3: '],
    [
      'a cast that fails, telling its line',
      "\nSELECT source_file, source_row, 'a' AS source,\n  CAST(topic AS INTEGER) AS interaction_id\nFROM tickets",
      'LINE  3: ',
    ],
    ['another file', "SELECT * FROM read_text('/etc/hostname')", 'may only select from its source'],
    [
      'a column of no contract',
      "SELECT source_file, source_row, 'a' AS source, no AS interaction_id, 1 AS mood FROM tickets",
      'mood is no column of interactions',
    ],
    ['a missing key', "SELECT source_file, source_row, 'a' AS source FROM tickets", 'must also give interaction_id'],
    [
      'a source_file of its own',
      "SELECT 'x' AS source_file, source_row, 'a' AS source, no AS interaction_id FROM tickets",
      'a source_file that is none of the files read',
    ],
  ])('is refused with its file named when the mapping has %s', async (_, sql, message) => {
    const sources = ownSource(sql)
    const files = temporaryFiles({ 'tickets.csv': 'no;day;topic\n1;2026-06-01;Refund\n' })
    await expect(loadFiles(temporaryFolder(), 'shop', files, { sources })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining(message),
    })
    await expect(loadFiles(temporaryFolder(), 'shop', files, { sources })).rejects.toThrow(/interactions\.sql: /)
  })

  it('is not found under a name that leads out of the folder', () => {
    const sources = ownSource('SELECT 1')
    expect(() => findSourceFolder('../shop', [join(sources, 'shop')])).toThrow('There is no source "../shop"')
    expect(() => findSourceFolder('nothing', [sources])).toThrow(/Known sources: .*canonical, .*shop, .*tau2-bench/)
    expect(() => findSourceFolder('shop')).toThrow(/For one of your own name the folder .+, with --sources\./)
    const shop = join(sources, 'shop')
    expect(() => findSourceFolder('shop', [shop])).toThrow(`${shop} is a source itself: name the folder that holds it.`)
  })

  it('is refused when its description cannot be used', () => {
    const sources = ownSource('SELECT 1')
    writeFileSync(join(sources, 'shop', 'source.json'), '{ "name": "shop" ')
    expect(() => findSourceFolder('shop', [sources])).toThrow(/source\.json is not valid JSON/)
    writeFileSync(join(sources, 'shop', 'source.json'), '{ "name": "shop" }')
    expect(() => findSourceFolder('shop', [sources])).toThrow(/source\.json is not a valid source/)
  })

  it.each([
    [{ match: 'tickets.csv', relation: 'tickets' }, /expected array, received string\s+→ at files\[0\]\.match/],
    [{ match: ['a.csv'], relation: 'tickets', delimeter: ';' }, /Unrecognized key: "delimeter"\s+→ at files\[0\]/],
    [{ match: ['a.csv'], relation: 'tickets', encoding: 'win' }, /no known encoding.+\s+→ at files\[0\]\.encoding/],
    [{ match: ['a.json'], format: 'json' }, /→ at files\[0\]\.relations/],
    [{ match: ['a.json'], relations: [{ name: 'tickets' }] }, /→ at files\[0\]\.format/],
    ['tickets.csv', /expected object, received string\s+→ at files\[0\]/],
    [null, /expected object, received null\s+→ at files\[0\]/],
  ])('is refused with what is wrong and where: %j', (entry, message) => {
    const sources = ownSource('SELECT 1')
    const config = { name: 'shop', description: 'd', files: [entry] }
    writeFileSync(join(sources, 'shop', 'source.json'), JSON.stringify(config))
    expect(() => findSourceFolder('shop', [sources])).toThrow(message)
  })
})

function ownSource(interactionsSql: string): string {
  const sources = temporaryFolder()
  mkdirSync(join(sources, 'shop'))
  writeFileSync(
    join(sources, 'shop', 'source.json'),
    JSON.stringify({
      name: 'shop',
      description: 'Tickets of a small shop',
      files: [{ match: ['tickets*.csv'], relation: 'tickets', required: ['no', 'day', 'topic'], delimiter: ';' }],
    }),
  )
  writeFileSync(join(sources, 'shop', 'interactions.sql'), interactionsSql)
  return sources
}
