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
    'WITH a AS (WITH b AS (FROM tickets) FROM b), c AS (FROM a) SELECT * FROM c UNION ALL SELECT * FROM a',
    'SELECT (WITH t AS (FROM tickets) SELECT count(*) FROM t WHERE t.id = audits.id) FROM audits',
    "SELECT ';' AS x, '--' AS y FROM tickets; -- the end; really",
    'SELECT id FROM Tickets LEFT JOIN AUDITS USING (id), LATERAL (SELECT tickets.id + 1) AS l(n) ORDER BY (SELECT 1)',
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
    'LOAD httpfs',
    'SET threads = 1',
    "EXPORT DATABASE '/tmp/x'",
    'CREATE MACRO m() AS 1',
    'CALL pragma_version()',
    'SELECT 1 -- ;\n; DELETE FROM tickets',
    '',
    '-- nothing',
    // Tables under the name of a common table expression that is not in sight there.
    'SELECT (WITH interactions AS (SELECT 1) SELECT 1) FROM tickets UNION ALL SELECT 1 FROM interactions',
    'WITH interactions AS (FROM interactions) FROM interactions',
    'WITH a AS (FROM interactions), interactions AS (FROM tickets) FROM a',
    'WITH a AS (WITH interactions AS (FROM tickets) FROM interactions) FROM a, interactions',
    'WITH interactions AS (FROM tickets) FROM main.interactions',
    // Tables in every place where one can stand.
    'SELECT id FROM tickets ORDER BY (SELECT max(id) FROM interactions)',
    'SELECT id FROM tickets LIMIT (SELECT max(id) FROM interactions)',
    'SELECT id FROM tickets GROUP BY ALL HAVING (SELECT true FROM interactions)',
    'SELECT id FROM tickets QUALIFY row_number() OVER (ORDER BY (SELECT max(id) FROM interactions)) = 1',
    'SELECT list_transform([1], lambda q: (SELECT max(id) FROM interactions)) FROM tickets',
    'SELECT * FROM tickets WHERE EXISTS (FROM interactions)',
    'SELECT * FROM tickets POSITIONAL JOIN interactions',
    'SELECT * FROM tickets, LATERAL (SELECT tickets.id, i.id FROM interactions i)',
    'PIVOT interactions ON id',
    'UNPIVOT interactions ON id',
    "SELECT * FROM tickets JOIN '/etc/passwd' USING (id)",
    'SELECT * FROM "/etc/passwd.csv"',
    // Statements and functions that tell about the engine.
    'SHOW TABLES',
    'SELECT * FROM (SHOW ALL TABLES)',
    'SUMMARIZE tickets',
    'DESCRIBE tickets',
    'SUMMARIZE interactions',
    "SELECT * FROM query_table('interactions')",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('FROM interactions'))",
    "SELECT * FROM pragma_table_info('interactions')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM tickets, LATERAL (SELECT * FROM read_blob('/etc/passwd'))",
    "SELECT * FROM repeat('a', 100000000000)",
    "SELECT getenv('HOME') FROM tickets",
    'SELECT current_database() FROM tickets',
    'SELECT current_query() FROM tickets',
    "SELECT write_log('x') FROM tickets",
  ])('may not do anything else: %s', async (sql) => {
    await expect(check(sql)).rejects.toMatchObject({ code: 'bad_input' })
  })
})
