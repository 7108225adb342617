import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { rowsOf, temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const fixture = join(import.meta.dirname, '..', 'etl', 'fixtures', 'canonical', 'interactions.csv')
const rest = `source_row, 'desk' AS source, 'x' AS interaction_type, 'chat' AS channel, '2026-01-05T09:00:00Z' AS started_at,
  'ai' AS handled_by`
const recursion = `WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r)
  SELECT source_file, ${rest}, CAST(n AS VARCHAR) AS interaction_id FROM contacts, r`
const series = `SELECT source_file, ${rest}, CAST(n AS VARCHAR) AS interaction_id
  FROM contacts, generate_series(1, 1000000000000) AS s(n)`
const crossJoin = `SELECT a.source_file, a.${rest}, a.no || b.no || c.no || d.no AS interaction_id
  FROM contacts a, contacts b, contacts c, contacts d`
const hashes = `SELECT a.source_file, a.${rest}, md5(a.no || b.no || c.no) || md5(c.no || b.no || a.no) AS interaction_id
  FROM contacts a, contacts b, contacts c`

function source(mapping: string): { sources: string; folder: string; file: string } {
  const sources = temporaryFolder()
  const folder = join(sources, 'desk')
  mkdirSync(folder)
  const files = [{ match: ['contacts.csv'], relation: 'contacts', required: ['no'] }]
  writeFileSync(join(folder, 'source.json'), JSON.stringify({ name: 'desk', description: 'A desk', files }))
  writeFileSync(join(folder, 'interactions.sql'), mapping)
  const file = join(sources, 'contacts.csv')
  writeFileSync(file, `no\n${Array.from({ length: 2000 }, (_, index) => index).join('\n')}\n`)
  return { sources, folder, file }
}

describe('a mapping without end', () => {
  it.each([
    [
      'a recursion',
      recursion,
      ['--mapping-minutes', '0.02'],
      /ran longer than the 0\.02 minutes .+ \(--mapping-minutes\)/,
    ],
    ['a series', series, ['--mapping-minutes', '0.02', '--memory', '1GB'], /ran longer than the 0\.02 minutes/],
    ['a join of everything', crossJoin, ['--mapping-minutes', '0.02'], /ran longer than the 0\.02 minutes/],
    [
      'what writes without end',
      hashes,
      ['--mapping-gigabytes', '0.03'],
      /wrote more than the 0\.03 GB .+ \(--mapping-gigabytes\)/,
    ],
  ])(
    '%s is ended, the message says how to raise the limit, and what is served stays',
    async (_, mapping, flags, message) => {
      const home = temporaryFolder()
      expect((await runCli('load', 'canonical', fixture, '--home', home)).exitCode).toBe(0)
      const before = currentSnapshot(join(home, 'warehouse'))
      const { sources, file } = source(mapping)
      const result = await runCli('load', 'desk', file, '--sources', sources, '--home', home, ...flags)
      expect(result.exitCode).toBe(1)
      expect(result.stderr).toMatch(message)
      expect(result.stderr).toMatch(/desk\/interactions\.sql: the mapping .+Nothing was loaded/)
      expect(currentSnapshot(join(home, 'warehouse'))).toEqual(before)
      expect(readdirSync(join(home, 'warehouse')).filter((name) => /^(work|building)-/.test(name))).toEqual([])
      expect(await rowsOf(home, 'SELECT count(*)::INT FROM interactions')).toEqual([[4]])
    },
    120_000,
  )

  it('is ended by "source check" as well, which goes on with the other mappings', async () => {
    const { folder, file } = source(recursion)
    writeFileSync(
      join(folder, 'change_events.sql'),
      `SELECT source_file, source_row, 'desk' AS source, no AS change_id, '2026-01-05T09:00:00Z' AS changed_at,
        'model' AS kind FROM contacts`,
    )
    const result = await runCli('source', 'check', folder, file, '--mapping-minutes', '0.02', '--json')
    expect(result.exitCode).toBe(1)
    expect(JSON.parse(result.stdout).entities).toMatchObject([
      { entity: 'interactions', failure: expect.stringMatching(/ran longer than the 0\.02 minutes/) },
      { entity: 'change_events', failure: null, rowCount: 2000 },
    ])
  }, 120_000)

  it('needs memory: what is too little is told, in the mapping and before it', async () => {
    const { sources, file } = source(series)
    const result = await runCli(
      'load',
      'desk',
      file,
      '--sources',
      sources,
      '--home',
      temporaryFolder(),
      '--memory',
      '40MB',
    )
    expect(result.exitCode).toBe(1)
    expect(result.stderr).toMatch(/needs more memory than .+--memory/)
  }, 120_000)

  it('takes only limits above 0', async () => {
    for (const flag of ['--mapping-minutes', '--mapping-gigabytes']) {
      for (const value of ['0', '-1', 'soon', 'Infinity']) {
        const result = await runCli('load', 'canonical', fixture, flag, value, '--home', temporaryFolder())
        expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/A number above 0/) })
      }
    }
  }, 60_000)
})
