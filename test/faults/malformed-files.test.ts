import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentSnapshot, type Snapshot } from '#models/warehouse/snapshots.ts'
import { loadFiles, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const fixture = join(import.meta.dirname, '..', 'etl', 'fixtures', 'canonical', 'interactions.csv')
const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by'
const row = (id: string) => `desk,${id},order_status,chat,2026-01-05T09:00:00Z,ai`
const object = (id: string) =>
  JSON.stringify({
    source: 'desk',
    interaction_id: id,
    interaction_type: 'x',
    channel: 'chat',
    started_at: 'x',
    handled_by: 'ai',
  })
const document = JSON.stringify({ domain: 'retail', simulations: [{ id: 's1' }] })
const long = Array.from({ length: 2000 }, (_, index) => row(`c${index}`)).join('\n')

const cases: [what: string, source: string, file: string, content: string | Uint8Array, message: RegExp][] = [
  [
    'a truncated gzip',
    'tau2-bench',
    'run.json.gz',
    gzipSync(document).subarray(0, 30),
    /^run\.json\.gz: the gzip archive is truncated/,
  ],
  [
    'a gzip cut before its checksum',
    'canonical',
    'interactions.csv.gz',
    gzipSync(long).subarray(0, -6),
    /^interactions\.csv\.gz: the gzip archive is truncated/,
  ],
  ['an empty gzip', 'tau2-bench', 'run.json.gz', '', /^run\.json\.gz: the gzip archive is truncated/],
  ['a gzip in name only', 'tau2-bench', 'run.json.gz', document, /^run\.json\.gz: is not a sound gzip archive/],
  [
    'a damaged gzip',
    'canonical',
    'interactions.csv.gz',
    flip(gzipSync(long)),
    /^interactions\.csv\.gz: is not a sound gzip archive/,
  ],
  [
    'a truncated zstd',
    'tau2-bench',
    'run.json.zst',
    zstdCompressSync(document.repeat(50)).subarray(0, 30),
    /^run\.json\.zst: the zstd archive is truncated/,
  ],
  [
    'a decompression bomb',
    'canonical',
    'interactions.csv.gz',
    gzipSync(Buffer.alloc(30_000_000, 'a')),
    /^interactions\.csv\.gz: unpacks to more than 100 times its size/,
  ],
  [
    'JSON with a stray brace',
    'tau2-bench',
    'run.json',
    '{\n "domain": "retail",\n "simulations": [}\n',
    /^run\.json, line 3, column 18: is not valid JSON: unexpected character/,
  ],
  [
    'JSON that stops',
    'tau2-bench',
    'run.json',
    '{\n "domain": "rétail",\n "simulations": [1',
    /^run\.json, line 3, column 19: is not valid JSON: unexpected end of data/,
  ],
  ['an empty JSON file', 'tau2-bench', 'run.json', '', /^run\.json, line 1, column 1: is not valid JSON/],
  ['JSON that is no object', 'tau2-bench', 'run.json', '[1, 2]', /^run\.json, line 1: a JSON object is expected/],
  ['JSON of another kind', 'tau2-bench', 'run.json', '{"results": []}', /^run\.json: there is no array "simulations"/],
  [
    'JSON whose array is something else',
    'tau2-bench',
    'run.json',
    '{"simulations": 3}',
    /^run\.json: there is no array "simulations"/,
  ],
  [
    'a CSV record that is too short',
    'canonical',
    'interactions.csv',
    `${header}\n${row('c1')}\ndesk,c2,x\n`,
    /^interactions\.csv, line 3: the record has 3 fields where the header has 6/,
  ],
  [
    'a CSV record that is too long',
    'canonical',
    'interactions.csv',
    `${header}\n${row('c1')},more\n`,
    /^interactions\.csv, line 2: the record has 7 fields where the header has 6/,
  ],
  [
    'a bad CSV record after a quoted line break',
    'canonical',
    'interactions.csv',
    `${header}\n${row('"c\n1\n2"')}\ndesk\n`,
    /^interactions\.csv, line 5: the record has 1 field where/,
  ],
  [
    'a bad CSV record far into the file',
    'canonical',
    'interactions.csv',
    `${header}\n${long}\ndesk\n`,
    /^interactions\.csv, line 2002: the record has 1 field/,
  ],
  [
    'a CSV whose last line is cut',
    'canonical',
    'interactions.csv',
    `${header}\n${row('c1')}\ndesk,c2,order_st`,
    /^interactions\.csv, line 3: the record has 3 fields/,
  ],
  [
    'a CSV quote that is never closed',
    'canonical',
    'interactions.csv',
    `${header}\n${row('c1')}\n${row('"c2')}\n${row('c3')}\n`,
    /^interactions\.csv, line 3: the record opens a quote that is never closed/,
  ],
  [
    'text after a CSV quote',
    'canonical',
    'interactions.csv',
    `${header}\n${row('"c"1')}\n`,
    /^interactions\.csv, line 2: the record has text after a closing quote/,
  ],
  [
    'a CSV with the marks of a merge conflict',
    'canonical',
    'interactions.csv',
    `${header}\n<<<<<<< HEAD\n${row('c1')}\n`,
    /^interactions\.csv, line 2: the record has 1 field/,
  ],
  ['an empty CSV', 'canonical', 'interactions.csv', '', /^interactions\.csv, line 1: there is no header/],
  [
    'a CSV without a required column',
    'canonical',
    'interactions.csv',
    'source,interaction_id\ndesk,c1\n',
    /^interactions\.csv, line 1: required columns missing: interaction_type, channel, started_at, handled_by/,
  ],
  [
    'a CSV with a column twice',
    'canonical',
    'interactions.csv',
    `${header},source\n`,
    /^interactions\.csv, line 1: column source is there twice/,
  ],
  [
    'a CSV that is not UTF-8',
    'canonical',
    'interactions.csv',
    Buffer.from(`${header}\n${row('caf\xe9')}\n`, 'latin1'),
    /^interactions\.csv, record 2: is not UTF-8/,
  ],
  [
    'an NDJSON line that stops',
    'canonical',
    'interactions.ndjson',
    `${object('a')}\n\n{"source": \n${object('b')}\n`,
    /^interactions\.ndjson, line 3: is not valid JSON/,
  ],
  [
    'an NDJSON file whose last line is cut',
    'canonical',
    'interactions.ndjson',
    `${object('a')}\n${object('b').slice(0, 20)}`,
    /^interactions\.ndjson, line 2: is not valid JSON/,
  ],
  [
    'an NDJSON line that is no object',
    'canonical',
    'interactions.ndjson',
    `${object('a')}\n[1]\n`,
    /^interactions\.ndjson, line 2: is no JSON object/,
  ],
  [
    'a Parquet file that is none',
    'canonical',
    'interactions.parquet',
    'PAR1 but nothing else',
    /^interactions\.parquet: is not a sound Parquet file/,
  ],
]

describe('a malformed file ends the load with its name and line, and the published snapshot stays', () => {
  let home = ''
  let before: Snapshot | undefined
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'oversight-test-'))
    await loadFiles(home, 'canonical', [fixture])
    before = currentSnapshot(join(home, 'warehouse'))
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it.each(cases)('%s', async (_, source, name, content, message) => {
    await expect(loadFiles(home, source, temporaryFiles({ [name]: content }))).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(message),
    })
    expect(currentSnapshot(join(home, 'warehouse'))).toEqual(before)
    expect(readdirSync(join(home, 'warehouse')).sort()).toEqual(['current.json', 'load.lock', 'snapshot-000001.duckdb'])
  })

  it('and the next load works', async () => {
    const next = await loadFiles(home, 'canonical', [fixture])
    expect(next.entities.interactions).toMatchObject({ unchanged: 4 })
  })

  it('a file beyond the size limit', async () => {
    const files = temporaryFiles({ 'interactions.csv': `${header}\n${long}\n` })
    await expect(loadFiles(temporaryFolder(), 'canonical', files, { limits: { maximumBytes: 1000 } })).rejects.toThrow(
      /^interactions\.csv: larger than 1000 bytes/,
    )
    const packed = temporaryFiles({ 'interactions.csv.gz': gzipSync(`${header}\n${long}\n`) })
    await expect(loadFiles(temporaryFolder(), 'canonical', packed, { limits: { maximumBytes: 1000 } })).rejects.toThrow(
      /^interactions\.csv\.gz: larger than 1000 bytes/,
    )
  })
})

function flip(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy[200] = (copy[200] ?? 0) ^ 0xff
  return copy
}
