import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
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
    'a JSON document with one element that is too large',
    'tau2-bench',
    'run.json',
    `{"simulations": [{"id": "s1"}, {"id": "s2", "text": "${'x'.repeat(17 * 2 ** 20)}"}]}`,
    /^run\.json: element 2 of "simulations" is larger than 16777216 bytes/,
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
  ['an empty CSV', 'canonical', 'interactions.csv', '', /^interactions\.csv: is empty\. Export it again/],
  [
    'a CSV without a required column',
    'canonical',
    'interactions.csv',
    'source,interaction_id\ndesk,c1\n',
    /^interactions\.csv, line 1: required columns missing: interaction_type, channel, started_at, handled_by/,
  ],
  [
    'a CSV of which a column was renamed',
    'canonical',
    'interactions.csv',
    `${header.replace('handled_by', 'handeld_by')}\n${row('c1')}\n`,
    /required column missing: handled_by\. It has "handeld_by", which the source does not know: was a column renamed\?/,
  ],
  [
    'a CSV without a header, whose first line is not quoted',
    'canonical',
    'interactions.csv',
    `${row('c1')}\n`,
    /handled_by\. It has no column that the source knows: is it the right file, with a header, .+\?$/,
  ],
  [
    'UTF-16 without its mark',
    'canonical',
    'interactions.csv',
    Buffer.from(`${header}\n${row('c1')}\n`, 'utf16le'),
    /The header holds NUL bytes: if the file is UTF-16, convert it/,
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
    /^interactions\.csv, line 2: is not UTF-8 text\. Convert the file to UTF-8, or declare its "encoding"/,
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
  ...hostile(),
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

/** Small files that cost much, and files that are not what their name says. */
function hostile(): typeof cases {
  const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  const zip = Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), Buffer.alloc(200, 7)])
  const packed = gzipSync(`${header}\n${row('c1')}\n`)
  const bomb = /unpacks to more than 100 times its size; refused as a decompression bomb/
  return [
    ['a zstd bomb', 'canonical', 'interactions.csv.zst', zstdCompressSync(Buffer.alloc(30_000_000, 'a')), bomb],
    ['a bomb of UTF-16', 'canonical', 'interactions.csv.gz', gzipSync(utf16('\u4e2d'.repeat(8_000_000))), bomb],
    [
      'a bomb inside a bomb',
      'canonical',
      'interactions.csv.gz',
      gzipSync(gzipSync(Buffer.alloc(10_000_000, 'a'))),
      /^interactions\.csv\.gz, line 1: required columns missing/,
    ],
    [
      'a zip disguised as gzip',
      'canonical',
      'interactions.csv.gz',
      zip,
      /^interactions\.csv\.gz: is not a sound gzip archive/,
    ],
    [
      'a zip disguised as CSV',
      'canonical',
      'interactions.csv',
      zip,
      /^interactions\.csv, line 1: required columns missing/,
    ],
    [
      'a gzip disguised as CSV',
      'canonical',
      'interactions.csv',
      packed,
      /^interactions\.csv, line 1: required columns/,
    ],
    [
      'a gzip with something behind it',
      'canonical',
      'interactions.csv.gz',
      Buffer.concat([packed, Buffer.from('and more')]),
      /^interactions\.csv\.gz: is not a sound gzip archive/,
    ],
    [
      'half a character of UTF-16',
      'canonical',
      'interactions.csv',
      Buffer.concat([utf16(`${header}\n${row('c1')}\n`), Buffer.from([0x41])]),
      /^interactions\.csv, at or after line 3: is not utf-16le text/,
    ],
    [
      'a header without end',
      'canonical',
      'interactions.csv',
      `${header},${'x'.repeat(2_000_000)}\n${row('c1')},1\n`,
      /^interactions\.csv, line 1: the header is longer than 1048576 bytes/,
    ],
    [
      'a CSV record without end',
      'canonical',
      'interactions.csv',
      `${header}\n${row('c1')}\n${row('x'.repeat(17_000_000))}\n`,
      /^interactions\.csv, line 3: the record is larger than 16777216 bytes/,
    ],
    [
      'a CSV quote that takes in the rest of a large file',
      'canonical',
      'interactions.csv',
      `${header}\n${row('"c1')}\n${'x\n'.repeat(9_000_000)}`,
      /^interactions\.csv, line 2: the record is larger than 16777216 bytes/,
    ],
    [
      'an NDJSON line without end',
      'canonical',
      'interactions.ndjson',
      `${object('a')}\n\n{"source": "${'x'.repeat(17_000_000)}"}\n`,
      /^interactions\.ndjson, line 3: is larger than 16777216 bytes/,
    ],
    [
      'an NDJSON line that is not UTF-8',
      'canonical',
      'interactions.ndjson',
      Buffer.concat([Buffer.from(`${object('a')}\n`), Buffer.from('{"source": "caf\xe9"}\n', 'latin1')]),
      /^interactions\.ndjson, line 2: is not UTF-8 text/,
    ],
    [
      'JSON nested without end',
      'tau2-bench',
      'run.json',
      '['.repeat(2_000_000),
      /^run\.json, line 1, column 2000001: is not valid JSON: unexpected end of data/,
    ],
    [
      'an NDJSON line nested without end',
      'canonical',
      'interactions.ndjson',
      `{"source":${'['.repeat(2_000_000)}\n`,
      /^interactions\.ndjson, line 1: is not valid JSON/,
    ],
  ]
}

describe('what is no plain file, or no longer the one that was looked at', () => {
  const refused = (path: string, message: RegExp) =>
    expect(loadFiles(temporaryFolder(), 'canonical', [path])).rejects.toThrow(message)

  it('pipes, sockets, devices, folders, loops of links', async () => {
    const folder = temporaryFolder()
    const path = (name: string) => join(folder, name)
    execFileSync('mkfifo', [path('interactions-pipe.csv')])
    mkdirSync(path('interactions-folder.csv'))
    symlinkSync('/dev/zero', path('interactions-device.csv'))
    symlinkSync(path('interactions-loop.csv'), path('interactions-loop.csv'))
    symlinkSync(path('nowhere'), path('interactions-broken.csv'))
    const server = createServer().listen(path('interactions-socket.csv'))
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    for (const name of ['pipe', 'folder', 'device', 'socket']) {
      await refused(path(`interactions-${name}.csv`), /is not a regular file\./)
    }
    for (const name of ['loop', 'broken']) await refused(path(`interactions-${name}.csv`), /there is no such file\./)
  })

  it('names with control characters or direction marks, which are shown without them', async () => {
    for (const name of ['interactions\n.csv', 'interactions\u001b[2J.csv', 'interactions\u202evsc.csv']) {
      const [path] = temporaryFiles({ [name]: `${header}\n${row('c1')}\n` })
      const error = await loadFiles(temporaryFolder(), 'canonical', [String(path)]).catch((each: Error) => each)
      expect(String(error)).toMatch(/interactions\\u\{(a|1b|202e)\}.+control characters or direction marks/)
      expect(String(error)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
    }
  })

  it.each(['interactions.csv', 'interactions.parquet'])('a %s that somebody writes meanwhile', async (name) => {
    const [csv, path] = temporaryFiles({ 'seed.csv': `${header}\n${row('c1')}\n`, [name]: `${header}\n${row('c1')}\n` })
    const given = String(path)
    if (name.endsWith('.parquet')) await writeParquet(given, `FROM read_csv('${csv}', all_varchar = true)`)
    let isWritten = false
    const home = temporaryFolder()
    const loaded = loadFiles(home, 'canonical', [given], {
      onProgress({ phase }) {
        if (phase !== 'merge' || isWritten) return
        isWritten = true
        appendFileSync(given, 'more')
      },
    })
    await expect(loaded).rejects.toThrow(/: was changed while it was read\. Load it again/)
    expect(isWritten).toBe(true)
    expect(currentSnapshot(join(home, 'warehouse'))).toBeUndefined()
  })

  it('a Parquet file of a few bytes with millions of equal rows', async () => {
    const path = join(temporaryFolder(), 'interactions.parquet')
    await writeParquet(path, "SELECT 'x' AS source FROM range(11_000_000)")
    expect(statSync(path).size).toBeLessThan(50_000)
    await refused(path, /^interactions\.parquet: has 11,000,000 rows, far more than its size can hold/)
  })
})

async function writeParquet(path: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10_000_000)`)
  connection.closeSync()
  instance.closeSync()
}

function flip(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy[200] = (copy[200] ?? 0) ^ 0xff
  return copy
}
