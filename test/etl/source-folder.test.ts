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
    ['a statement that writes', 'CREATE TABLE x AS SELECT 1', 'the mapping fails'],
    ['a pragma', 'PRAGMA version', 'the mapping fails'],
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
  })

  it('is refused when its description cannot be used', () => {
    const sources = ownSource('SELECT 1')
    writeFileSync(join(sources, 'shop', 'source.json'), '{ "name": "shop" ')
    expect(() => findSourceFolder('shop', [sources])).toThrow(/source\.json is not valid JSON/)
    writeFileSync(join(sources, 'shop', 'source.json'), '{ "name": "shop" }')
    expect(() => findSourceFolder('shop', [sources])).toThrow(/source\.json is not a valid source/)
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
