import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, describe, expect, it } from 'vitest'
import { findRowByRowMappings } from '#etl/find-row-by-row-mappings.ts'
import { findSourceFolder } from '#etl/source-folder.ts'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
afterAll(() => {
  connection.closeSync()
  instance.closeSync()
})

const canonical = findSourceFolder('canonical')

async function relationOf(sql: string): Promise<string | undefined> {
  const mappings = [{ entity: 'interactions', file: 'interactions.sql', sql } as const]
  return (await findRowByRowMappings(connection, { ...canonical, mappings })).get('interactions')
}

describe('a mapping goes row by row', () => {
  it.each([
    'SELECT source_file, source_row, id FROM tickets',
    'SELECT t.source_file, t.source_row AS source_row, lower(id) AS interaction_id FROM tickets t;',
    "SELECT source_file, source_row, CASE WHEN kind IN ('a', 'b') THEN coalesce(one, two) || 'x' END AS x FROM tickets",
    "SELECT source_file, source_row, local_instant(began, '%d', 'UTC')::TIMESTAMP AS x, nullif(a, '') AS y FROM Tickets",
  ])('%s', async (sql) => {
    expect(await relationOf(sql)).toBe('tickets')
  })

  it('not when rows may be left out, added, put in another order, or when their number is used', async () => {
    const clauses = [
      'SELECT source_file, source_row FROM tickets WHERE id IS NOT NULL',
      'SELECT source_file, source_row FROM tickets LIMIT 3',
      'SELECT source_file, source_row FROM tickets ORDER BY id',
      'SELECT DISTINCT source_file, source_row FROM tickets',
      'SELECT source_file, source_row FROM tickets GROUP BY ALL',
      'SELECT source_file, source_row FROM tickets HAVING id IS NULL',
      'SELECT source_file, source_row FROM tickets QUALIFY row_number() OVER (PARTITION BY id) = 1',
      'SELECT source_file, source_row FROM tickets USING SAMPLE 3',
      'SELECT source_file, source_row FROM tickets TABLESAMPLE 10%',
      'SELECT source_file, source_row FROM tickets, others',
      'SELECT source_file, source_row FROM tickets JOIN others USING (id)',
      'SELECT source_file, source_row FROM tickets AS t(source_row, source_file)',
      'SELECT source_file, source_row FROM (FROM tickets)',
      'WITH tickets AS (FROM others) SELECT source_file, source_row FROM tickets',
      'FROM tickets UNION ALL FROM tickets',
      'FROM tickets',
      'SELECT * FROM tickets',
      'SELECT source_file, source_row, count(id) FROM tickets',
      'SELECT source_file, source_row, geomean(id) FROM tickets',
      'SELECT source_file, source_row, unnest(ids) FROM tickets',
      'SELECT source_file, source_row, (SELECT 1) AS x FROM tickets',
      'SELECT source_file, source_row + 1 AS source_row FROM tickets',
      'SELECT source_file, source_row, id || source_row AS x FROM tickets',
      'SELECT source_file, id AS source_row, source_row AS id FROM tickets',
      'SELECT source_file, id FROM tickets',
      'no SQL at all',
    ]
    for (const sql of clauses) expect({ sql, relation: await relationOf(sql) }).toEqual({ sql, relation: undefined })
  })

  it('not when another mapping reads the same relation, or the source looks there for its end', async () => {
    const sql = 'SELECT source_file, source_row, id FROM tickets'
    const mappings = (['interactions', 'escalations'] as const).map((entity) => ({
      entity,
      file: `${entity}.sql`,
      sql,
    }))
    expect(await findRowByRowMappings(connection, { ...canonical, mappings })).toEqual(new Map())
    const loadedThrough = { relation: 'tickets', column: 'at' }
    const [one] = mappings
    expect(await findRowByRowMappings(connection, { ...canonical, loadedThrough, mappings: one ? [one] : [] })).toEqual(
      new Map(),
    )
  })
})

describe('rows of CSV files', () => {
  const rows = (prefix: string, count: number) =>
    `source,interaction_id,interaction_type,channel,started_at,handled_by\n${Array.from(
      { length: count },
      (_, index) =>
        `desk,${prefix}${index + 1},order_status,chat,2026-01-05T09:00:00Z,${index === 5000 ? 'x' : 'ai'}\n`,
    ).join('')}`

  it('carry their place in their own file, however many cores read them', async () => {
    const home = temporaryFolder()
    const files = temporaryFiles({ 'interactions-b.csv': rows('b', 130_000), 'interactions-a.csv': rows('a', 6_000) })
    const options = { threads: 4, maximumRejectShare: 1 }
    const report = await loadFiles(home, 'canonical', files, options)
    expect(report.entities.interactions).toMatchObject({ read: 136_000, loaded: 135_998, quarantined: 2 })
    const misplaced = `SELECT source_file, source_row, interaction_id FROM interactions
      WHERE interaction_id <> source_file[14:14] || source_row`
    expect(await rowsOf(home, misplaced)).toEqual([])
    expect(await rowsOf(home, 'SELECT source_file, source_row FROM quarantine ORDER BY ALL')).toEqual([
      ['interactions-a.csv', '5001'],
      ['interactions-b.csv', '5001'],
    ])
    // And the same where facts are there already.
    await loadFiles(home, 'canonical', temporaryFiles({ 'interactions-c.csv': rows('c', 6_000) }), options)
    expect(await rowsOf(home, misplaced)).toEqual([])
    expect(await rowsOf(home, "SELECT count(*) FROM interactions WHERE source_file = 'interactions-c.csv'")).toEqual([
      ['5999'],
    ])
  })
})
