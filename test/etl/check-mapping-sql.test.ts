import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkMappingSql } from '#etl/check-mapping-sql.ts'

describe('a mapping', () => {
  let instance: DuckDBInstance
  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:')
  })
  afterAll(() => instance.closeSync())

  const check = async (sql: string) => {
    const connection = await instance.connect()
    try {
      await checkMappingSql(connection, { file: 'interactions.sql', sql }, new Set(['tickets', 'audits']))
    } finally {
      connection.closeSync()
    }
  }

  it.each([
    'SELECT * FROM tickets',
    'WITH a AS (SELECT * FROM tickets), b AS (FROM a) SELECT *, (SELECT max(x) FROM audits) FROM b',
    'SELECT * FROM tickets, unnest([1, 2]) AS t(i) WHERE id IN (SELECT id FROM audits)',
    'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT * FROM r',
  ])('may select from its relations: %s', async (sql) => {
    await expect(check(sql)).resolves.toBeUndefined()
  })

  it.each([
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT (SELECT content FROM read_text('/etc/passwd')) FROM tickets",
    'SELECT * FROM main.interactions',
    'SELECT * FROM interactions',
    'SELECT * FROM duckdb_settings()',
    'SELECT * FROM information_schema.tables',
    "SELECT * FROM query('SELECT 1')",
    "SELECT getvariable('pseudonym_inner') FROM tickets",
    "SELECT current_setting('temp_directory') FROM tickets",
    "COPY tickets TO '/tmp/out.csv'",
    "ATTACH '/tmp/x.duckdb'",
    'SELECT 1; SELECT 2',
    'PRAGMA database_list',
    'INSTALL httpfs',
  ])('may not do anything else: %s', async (sql) => {
    await expect(check(sql)).rejects.toMatchObject({ code: 'bad_input' })
  })
})
