import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by,issue_key\n'
const contact = (id: string, channel: string, issue = '') =>
  `desk,${id},order_status,${channel},2026-01-05T09:00:00Z,ai,${issue}\n`
const csv = header + contact('a', 'chat', '"two\nlines"') + contact('b', 'pigeon') + contact('c', 'owl')
const json = (id: string, channel: string) =>
  `${JSON.stringify({ source: 'desk', interaction_id: id, interaction_type: 'x', channel, started_at: '2026-01-05T09:00:00Z', handled_by: 'ai' })}\n`
const lenient = { maximumRejectShare: 1 }
const placesOf = (home: string) =>
  rowsOf(home, 'SELECT source_file, source_row, source_line FROM quarantine ORDER BY ALL')

describe('refused rows', () => {
  it('name the line on which they begin beside their number, in report, quarantine and values', async () => {
    const home = temporaryFolder()
    const report = await loadFiles(home, 'canonical', temporaryFiles({ 'interactions.csv': csv }), lenient)
    expect(report.entities.interactions?.reasons).toMatchObject([{ sourceRow: 2, sourceLine: 4 }])
    expect(await placesOf(home)).toEqual([
      ['interactions.csv', '2', '4'],
      ['interactions.csv', '3', '5'],
    ])
    const values = readFileSync(String(report.rejectsFile), 'utf8').trim().split('\n')
    expect(values.map((line) => JSON.parse(line))).toMatchObject([{ source_line: 4 }, { source_line: 5 }])
  })

  it('name it of packed files, of UTF-16 and of NDJSON, each its own', async () => {
    const home = temporaryFolder()
    const files = temporaryFiles({
      'interactions-1.csv.gz': gzipSync(header + contact('d', 'pigeon')),
      'interactions-2.csv': Buffer.from(`\uFEFF${header}\n\n${contact('e', 'pigeon')}`, 'utf16le'),
      'interactions-3.ndjson': `\n${json('f', 'chat')}${json('g', 'pigeon')}`,
    })
    await loadFiles(home, 'canonical', files, lenient)
    expect(await placesOf(home)).toEqual([
      ['interactions-1.csv.gz', '1', '2'],
      ['interactions-2.csv', '1', '4'],
      ['interactions-3.ndjson', '2', '3'],
    ])
  })

  it('tell it in the message that refuses the load', async () => {
    const refused = loadFiles(temporaryFolder(), 'canonical', temporaryFiles({ 'interactions.csv': csv }))
    await expect(refused).rejects.toThrow('first in interactions.csv, row 2 (line 4)')
  })

  it('are kept with those of older snapshots, which have no lines', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', temporaryFiles({ 'interactions.csv': csv }), lenient)
    const warehouse = await openWarehouse(String(currentSnapshot(join(home, 'warehouse'))?.file), { mode: 'write' })
    await warehouse.connection().run('ALTER TABLE quarantine DROP COLUMN source_line')
    await warehouse.close()
    const more = temporaryFiles({ 'interactions-9.csv': header + contact('h', 'pigeon') })
    await loadFiles(home, 'canonical', more, lenient)
    expect(await placesOf(home)).toEqual([
      ['interactions-9.csv', '1', '2'],
      ['interactions.csv', '2', null],
      ['interactions.csv', '3', null],
    ])
  })
})
