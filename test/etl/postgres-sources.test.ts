import { createHash } from 'node:crypto'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkSource } from '#etl/check-source.ts'
import type { LoadOptions } from '#etl/load.ts'
import { maximumBatchRows, postgresRows } from '#etl/read/postgres-rows.ts'
import { withPostgresSession } from '#etl/read/postgres-session.ts'
import { readPostgresRelations } from '#etl/read/read-postgres-relations.ts'
import { findSourceFolder, readSourceFolder, type SourceFolder } from '#etl/source-folder.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { createHelpdesk, type HelpdeskDatabase, helpdeskSources } from '#test/build/helpdesk-database.ts'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { type PostgresServer, startPostgres } from '#test/build/postgres.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ fsync: 'off', full_page_writes: 'off' })
})
afterAll(() => server.stop())

/** Loads the helpdesk's tables into a home. */
function load(
  home: string,
  helpdesk: Pick<HelpdeskDatabase, 'url'>,
  options: Partial<LoadOptions> & { sources?: string } = {},
) {
  return loadFiles(home, 'postgres-helpdesk', options.files ?? [], {
    sources: helpdeskSources,
    postgres: { url: helpdesk.url, from: 'the test' },
    ...options,
  })
}

/** The helpdesk's source with one more relation, of tickets that a trigger kept when they were deleted. */
function sourceWithDeletedTickets(): string {
  const sources = temporaryFolder()
  cpSync(helpdeskSources, sources, { recursive: true })
  const folder = join(sources, 'postgres-helpdesk')
  const declared = JSON.parse(readFileSync(join(folder, 'source.json'), 'utf8'))
  const [tickets] = declared.postgres.relations
  declared.postgres.relations.push({ ...tickets, relation: 'deleted_tickets', table: 'helpdesk.deleted_tickets' })
  writeFileSync(join(folder, 'source.json'), JSON.stringify(declared))
  const sql = readFileSync(join(folder, 'interactions.sql'), 'utf8')
  const mapped = (relation: string, isDeleted: boolean) =>
    sql.replace('  is_test\nFROM tickets', `  is_test,\n  ${isDeleted} AS is_deleted\nFROM ${relation}`)
  writeFileSync(
    join(folder, 'interactions.sql'),
    `${mapped('tickets', false)} UNION ALL ${mapped('deleted_tickets', true)}`,
  )
  return sources
}

describe('tables of PostgreSQL', () => {
  it('are read as a whole first, with their lineage, row counts and a hash of what was read', async () => {
    const helpdesk = await createHelpdesk(server, 5)
    await helpdesk.run(
      "INSERT INTO helpdesk.ratings VALUES (1, 2, '2026-07-02Z', '2026-07-03Z', 4), (2, 3, '2026-07-02Z', NULL, NULL)",
    )
    const home = temporaryFolder()
    const report = await load(home, helpdesk)
    const [tickets, ratings] = [`${helpdesk.origin}#tickets`, `${helpdesk.origin}#ratings`]
    expect(report.entities).toMatchObject({
      interactions: { read: 5, loaded: 5, quarantined: 0 },
      csat_responses: { read: 2, loaded: 2, quarantined: 0 },
    })
    expect(report.relations).toEqual([
      {
        relation: 'tickets',
        sourceFile: tickets,
        rowCount: 5,
        watermark: { column: 'updated_at', from: null, reached: '2026-07-01 00:15:00+00' },
      },
      { relation: 'ratings', sourceFile: ratings, rowCount: 2, watermark: null },
    ])
    expect(report.files).toEqual([
      { sourceFile: tickets, byteCount: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { sourceFile: ratings, byteCount: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
    expect(await rowsOf(home, 'SELECT interaction_id, source_file, source_row FROM interactions ORDER BY 1')).toEqual(
      [1, 2, 3, 4, 5].map((row) => [String(row), tickets, String(row)]),
    )
    expect(await rowsOf(home, 'SELECT source_file FROM load_files ORDER BY 1')).toEqual([[ratings], [tickets]])
  })

  it('are read from the watermark on, less the overlap: new, changed and late rows, and nothing else', async () => {
    const helpdesk = await createHelpdesk(server, 180)
    const home = temporaryFolder()
    await load(home, helpdesk)
    // The highest updated_at is 03:10; rows updated from 02:10 on are 120 to 180.
    await helpdesk.run(`
      INSERT INTO helpdesk.tickets VALUES
        (1001, 'c', 'order_status', 'chat', '2026-07-01 04:00Z', NULL, 'human', NULL, '{}', NULL, false, '2026-07-01 04:00Z'),
        (1002, 'c', 'order_status', 'chat', '2026-07-01 02:20Z', NULL, 'human', NULL, '{}', NULL, false, '2026-07-01 02:20Z'),
        (1003, 'c', 'order_status', 'chat', '2026-07-01 01:00Z', NULL, 'human', NULL, '{}', NULL, false, '2026-07-01 01:00Z');
      UPDATE helpdesk.tickets SET answered_by = 'human', updated_at = '2026-07-01 03:30Z' WHERE id = 1`)
    const report = await load(home, helpdesk)
    expect(report.relations[0]).toMatchObject({
      rowCount: 64,
      watermark: { from: '2026-07-01 02:10:00+00', reached: '2026-07-01 04:00:00+00' },
    })
    // 1001 and 1002 are new, 1 has changed; 1003 came later than the overlap allows.
    expect(report.entities.interactions).toMatchObject({ read: 64, loaded: 3, unchanged: 61 })
    expect(await rowsOf(home, "SELECT handled_by FROM interactions WHERE interaction_id = '1'")).toEqual([['human']])

    const full = await load(home, helpdesk, { isFull: true })
    expect(full.entities.interactions).toMatchObject({ read: 183, loaded: 1, unchanged: 182 })
  })

  it('may have nothing new: the load is published, the watermark stays, even when the newest rows are deleted', async () => {
    const helpdesk = await createHelpdesk(server, 3)
    await helpdesk.run("UPDATE helpdesk.tickets SET updated_at = '2026-07-05Z' WHERE id = 3")
    const home = temporaryFolder()
    await load(home, helpdesk)
    const again = await load(home, helpdesk)
    expect(again.entities.interactions).toMatchObject({ read: 1, unchanged: 1 })
    await helpdesk.run('DELETE FROM helpdesk.tickets WHERE id = 3')
    const none = await load(home, helpdesk)
    expect(none.relations[0]).toMatchObject({ rowCount: 0, watermark: { reached: '2026-07-05 00:00:00+00' } })
    expect(none).toMatchObject({ snapshotId: 3, entities: { interactions: { read: 0 } } })
    expect(await load(home, helpdesk)).toMatchObject({ repeatedLoadId: none.loadId })
  })

  it('keep what was deleted in them, of which a check warns, until a table of deleted rows tells', async () => {
    const helpdesk = await createHelpdesk(server, 3)
    await helpdesk.run(`
      CREATE TABLE helpdesk.deleted_tickets (LIKE helpdesk.tickets, PRIMARY KEY (id));
      GRANT SELECT ON helpdesk.deleted_tickets TO oversight_reader;
      CREATE FUNCTION helpdesk.keep_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN OLD.updated_at := '2026-07-06Z'; INSERT INTO helpdesk.deleted_tickets VALUES (OLD.*); RETURN OLD; END $$;
      CREATE TRIGGER keep_deleted BEFORE DELETE ON helpdesk.tickets FOR EACH ROW EXECUTE FUNCTION helpdesk.keep_deleted()`)
    const told = sourceWithDeletedTickets()
    const warningsOf = async (sources: string) =>
      (
        await checkSource(findSourceFolder('postgres-helpdesk', [sources]), [], {
          now: new Date('2026-10-15T12:00:00Z'),
          firstRowCount: 1,
          mappingMinutes: 1,
          postgres: { url: helpdesk.url, from: 'the test' },
        })
      ).warnings
    expect(await warningsOf(helpdeskSources)).toEqual([
      expect.stringContaining(
        'no mapping gives is_deleted. Map a mark or a table of deleted rows to it where rows of tickets',
      ),
    ])
    expect(await warningsOf(told)).toEqual([])

    const home = temporaryFolder()
    await load(home, helpdesk, { sources: told })
    await helpdesk.run('DELETE FROM helpdesk.tickets WHERE id = 2')
    const report = await load(home, helpdesk, { sources: told })
    expect(report.entities.interactions).toMatchObject({ read: 3, loaded: 1, unchanged: 2 })
    expect(await rowsOf(home, 'SELECT interaction_id FROM contacts ORDER BY 1')).toEqual([['1'], ['3']])
  })

  it('are known again when read as a whole without any change, row order included', async () => {
    const helpdesk = await createHelpdesk(server, 50)
    const home = temporaryFolder()
    const first = await load(home, helpdesk)
    // Rewrites the table in another order; the primary key gives the order of reading.
    await helpdesk.run('UPDATE helpdesk.tickets SET topic = topic WHERE id % 3 = 0')
    expect(await load(home, helpdesk, { isFull: true })).toMatchObject({
      repeatedLoadId: first.loadId,
      entities: { interactions: { read: 50, unchanged: 50, loaded: 0 } },
    })
  })

  it('are read as a whole again after the source changed, since its rows would differ', async () => {
    const helpdesk = await createHelpdesk(server, 90)
    const home = temporaryFolder()
    await load(home, helpdesk)
    const changed = copySource((sql) => sql.replace("'helpdesk' AS source", "'desk' AS source"))
    const report = await load(home, helpdesk, { sources: changed })
    expect(report.relations[0]).toMatchObject({ rowCount: 90, watermark: { from: null } })
    expect(report.entities.interactions).toMatchObject({ loaded: 90 })
  })

  it('do not move the watermark with a load that fails', async () => {
    const helpdesk = await createHelpdesk(server, 10)
    const home = temporaryFolder()
    await load(home, helpdesk)
    await helpdesk.run("UPDATE helpdesk.tickets SET answered_by = 'pigeon', updated_at = '2026-07-09Z' WHERE id < 9")
    await expect(load(home, helpdesk)).rejects.toMatchObject({ code: 'load_refused' })
    await helpdesk.run("UPDATE helpdesk.tickets SET answered_by = 'human' WHERE id < 9")
    expect((await load(home, helpdesk)).relations[0]).toMatchObject({
      watermark: { from: '2026-06-30 23:20:00+00', reached: '2026-07-09 00:00:00+00' },
    })
  })

  it('carry the watermark past no row: clocks that run ahead, infinite and missing values are read every time', async () => {
    const helpdesk = await createHelpdesk(server, 4)
    await helpdesk.run(`ALTER TABLE helpdesk.tickets ALTER updated_at DROP NOT NULL;
      UPDATE helpdesk.tickets SET updated_at = now() + interval '300 days' WHERE id = 1;
      UPDATE helpdesk.tickets SET updated_at = NULL WHERE id = 3`)
    const home = temporaryFolder()
    const first = await load(home, helpdesk, { maximumRejectShare: 1 })
    expect(first.relations[0]?.watermark?.reached).toBe('2026-07-01 00:14:00+00')
    await helpdesk.run("UPDATE helpdesk.tickets SET updated_at = 'infinity' WHERE id = 2")
    const second = await load(home, helpdesk, { maximumRejectShare: 1 })
    expect(second.relations[0]).toMatchObject({ rowCount: 4, watermark: { reached: '2026-07-01 00:14:00+00' } })
  })

  it('may be counted by a whole number, with an overlap in rows', async () => {
    const helpdesk = await createHelpdesk(server, 20)
    const home = temporaryFolder()
    const sources = copySource(undefined, (source) => {
      source.postgres.relations[0].watermark = { column: 'id', overlapCount: 5 }
    })
    await load(home, helpdesk, { sources })
    await helpdesk.run(`INSERT INTO helpdesk.tickets VALUES
      (21, 'c', 'x', 'chat', '2026-07-01 04:00Z', NULL, 'human', NULL, '{}', NULL, false, '2026-07-01 04:00Z')`)
    const report = await load(home, helpdesk, { sources })
    expect(report.relations[0]).toMatchObject({ rowCount: 7, watermark: { column: 'id', from: '15', reached: '21' } })
  })

  it('arrive as the texts that PostgreSQL prints, nulls as nulls', async () => {
    const helpdesk = await createHelpdesk(server, 0)
    await helpdesk.run(`CREATE TABLE helpdesk.kinds (instant timestamptz, plain timestamp, day date, span interval,
        amount numeric, float float8, big bigint, yes boolean, doc jsonb, raw json, words text[], bytes bytea,
        place point, word text);
      INSERT INTO helpdesk.kinds VALUES ('2026-03-29 03:30:00.123456+02', '2026-03-29 02:30', '2026-12-31',
        '1 day 02:03:04', 12345678901234567890.123456789, 0.1, 9223372036854775807, true, '{"b": 1, "a": [1.10]}',
        '{"b": 1,  "a": 1.10}', '{a,"b c",NULL}', '\\x00ff', '(1,2)', E'zwei\nZeilen, "äöü" 😀 \\\\N'),
        ('infinity', '-infinity', 'infinity', NULL, 'NaN', '-Infinity', NULL, false, 'null', NULL, '{}', '', NULL, '')`)
    const [columns, texts] = [
      [
        'instant',
        'plain',
        'day',
        'span',
        'amount',
        'float',
        'big',
        'yes',
        'doc',
        'raw',
        'words',
        'bytes',
        'place',
        'word',
      ],
      [
        [
          '2026-03-29 01:30:00.123456+00',
          '2026-03-29 02:30:00',
          '2026-12-31',
          '1 day 02:03:04',
          '12345678901234567890.123456789',
          '0.1',
          '9223372036854775807',
          't',
          '{"a": [1.10], "b": 1}',
          '{"b": 1,  "a": 1.10}',
          '{a,"b c",NULL}',
          '\\x00ff',
          '(1,2)',
          'zwei\nZeilen, "äöü" 😀 \\N',
        ],
        ['infinity', '-infinity', 'infinity', null, 'NaN', '-Infinity', null, 'f', 'null', null, '{}', '\\x', null, ''],
      ],
    ]
    expect(await readTable(helpdesk, { relation: 'kinds', table: 'helpdesk.kinds', required: columns })).toEqual(texts)
    const query = 'SELECT * FROM helpdesk.kinds -- a comment at the end'
    expect(await readTable(helpdesk, { relation: 'kinds', query, required: columns })).toEqual(texts)
  })

  it('are cast by the contract: what is no instant or number is quarantined, with its row', async () => {
    const helpdesk = await createHelpdesk(server, 4)
    await helpdesk.run(`UPDATE helpdesk.tickets SET opened_at = 'infinity' WHERE id = 2;
      UPDATE helpdesk.tickets SET confidence = 'NaN' WHERE id = 3;
      UPDATE helpdesk.tickets SET is_test = true, tags = '{privacy,safety}', confidence = 0.875 WHERE id = 4`)
    const home = temporaryFolder()
    const report = await load(home, helpdesk, { maximumRejectShare: 1 })
    expect(report.entities.interactions).toMatchObject({ read: 4, loaded: 2, quarantined: 2 })
    const places = report.entities.interactions?.reasons.map(({ field, sourceFile, sourceRow }) => [
      field,
      sourceFile,
      sourceRow,
    ])
    expect(new Set(places)).toEqual(
      new Set([
        ['started_at', `${helpdesk.origin}#tickets`, expect.any(Number)],
        ['ai_confidence', `${helpdesk.origin}#tickets`, expect.any(Number)],
      ]),
    )
    expect(
      await rowsOf(
        home,
        "SELECT started_at, is_test, risk_topics, ai_confidence, ai_version FROM interactions WHERE interaction_id = '4'",
      ),
    ).toEqual([[expect.stringContaining('2026-07-01 00:04:00'), true, ['privacy', 'safety'], 0.875, 'm1']])
  })

  it('load beside files, each row with its own lineage, but not without the files', async () => {
    const helpdesk = await createHelpdesk(server, 3)
    const sources = copySource(undefined, (source) => {
      const [tickets, { relation, required }] = source.postgres.relations
      source.postgres.relations = [tickets]
      source.files = [{ match: ['ratings*.csv'], relation, required }]
    })
    const [ratings = ''] = temporaryFiles({
      'ratings.csv': 'id,ticket_id,asked_at,answered_at,stars\n1,2,2026-07-02T00:00:00Z,,\n',
    })
    const home = temporaryFolder()
    await expect(load(home, helpdesk, { sources })).rejects.toThrow('Name at least one file to load')
    const report = await load(home, helpdesk, { sources, files: [ratings] })
    expect(report.files.map(({ sourceFile }) => sourceFile)).toEqual(['ratings.csv', `${helpdesk.origin}#tickets`])
    expect(report.entities).toMatchObject({ interactions: { loaded: 3 }, csat_responses: { loaded: 1 } })
    expect(
      await rowsOf(
        home,
        'SELECT DISTINCT source_file FROM interactions UNION ALL SELECT source_file FROM csat_responses',
      ),
    ).toEqual([[`${helpdesk.origin}#tickets`], ['ratings.csv']])
  })

  it('are declared with columns, a table or a query, and an overlap for a watermark', () => {
    const sound = { relation: 'things', table: 'things', required: ['id'] }
    expect(sourceOf(sound).postgres?.relations).toMatchObject([{ relation: 'things', optional: [] }])
    for (const [change, message] of [
      [{ table: undefined }, 'either table or query'],
      [{ query: 'SELECT 1' }, 'either table or query'],
      [{ required: [] }, 'the columns to read are needed'],
      [{ watermark: { column: 'id' } }, 'an overlap is needed'],
      [{ watermark: { column: 'id', overlapCount: 1, overlapSeconds: 1 } }, 'an overlap is needed'],
      [{ relation: 'Things' }, 'snake_case'],
    ] as const) {
      expect(() => sourceOf({ ...sound, ...change }), message).toThrow(message)
    }
    const secret = (source: { postgres: { urlEnvironment: string } }) => {
      source.postgres.urlEnvironment = 'postgresql://u:p@h/d'
    }
    expect(() => findSourceFolder('postgres-helpdesk', [copySource(undefined, secret)])).toThrow(
      'the name of an environment variable, never the connection string itself',
    )
    const twice = (source: { files: unknown[] }) => {
      source.files = [{ match: ['*.csv'], relation: 'tickets', required: ['id'] }]
    }
    expect(() => findSourceFolder('postgres-helpdesk', [copySource(undefined, twice)])).toThrow(
      'relation tickets is there twice',
    )
  })

  it('are all read in one state of the database, whatever is committed meanwhile', async () => {
    const helpdesk = await createHelpdesk(server, 3)
    const source = findSourceFolder('postgres-helpdesk', [helpdeskSources])
    const counts = await withWorkFolder((connection, folder) =>
      readPostgresRelations(
        connection,
        source,
        folder,
        { url: helpdesk.url, from: 'the test' },
        async (_, { relation }) => {
          // Tickets have been read by now, ratings have not.
          if (relation === 'ratings') await helpdesk.run("INSERT INTO helpdesk.ratings VALUES (1, 1, '2026-07-02Z')")
          return null
        },
        () => {},
      ),
    )
    expect(counts.map(({ rowCount }) => rowCount)).toEqual([3, 0])
    expect(await helpdesk.run('SELECT count(*) FROM helpdesk.ratings')).toEqual([['1']])
  })

  it('of another kind than declared are refused, naming relation, reason and query', async () => {
    const helpdesk = await createHelpdesk(server, 1)
    const refused = (relation: Record<string, unknown>, message: RegExp) =>
      expect(readTable(helpdesk, { relation: 'things', required: ['id'], ...relation })).rejects.toMatchObject({
        code: 'bad_input',
        message: expect.stringMatching(message),
      })
    await refused(
      { table: 'helpdesk.nothing' },
      /#things: there is no table helpdesk\.nothing, or the role cannot see it/,
    )
    await refused({ table: 'helpdesk.tickets', required: ['id', 'mood'] }, /#things: required column missing: mood/)
    await refused(
      { query: 'SELECT nothing' },
      /#things: PostgreSQL refuses the query \(42703\).*\nQuery: SELECT nothing/s,
    )
    await refused({ query: 'SELECT 1 AS id, 2 AS id' }, /column id is there twice/)
    await refused(
      { query: 'SELECT 1/(id - 1) AS id FROM helpdesk.tickets' },
      /#things: PostgreSQL refuses the query \(22012\): division by zero.*Query: SELECT "id" FROM/s,
    )
    const watermark = { column: 'topic', overlapSeconds: 0 }
    await refused({ table: 'helpdesk.tickets', watermark }, /watermark column topic is neither a timestamp, a date nor/)
    await refused({ table: 'helpdesk.tickets', watermark: { column: 'id', overlapSeconds: 0 } }, /declare overlapCount/)
    await refused({ table: 'helpdesk.tickets', watermark: { column: 'x', overlapSeconds: 0 } }, /column x is missing/)
  })

  it('are only read: a query that writes, locks or brings a second statement is refused and changes nothing', async () => {
    const helpdesk = await createHelpdesk(server, 1)
    await helpdesk.run(`CREATE SEQUENCE helpdesk.numbers; CREATE FUNCTION helpdesk.note() RETURNS int LANGUAGE sql AS
      'INSERT INTO helpdesk.ratings VALUES (9, 1, now()) RETURNING 1'`)
    for (const [query, code] of [
      ['SELECT helpdesk.note() AS id', '25006'],
      ["SELECT nextval('helpdesk.numbers') AS id", '25006'],
      ['DELETE FROM helpdesk.tickets RETURNING id', '42601'],
      ['WITH gone AS (DELETE FROM helpdesk.tickets RETURNING id) SELECT * FROM gone', '0A000'],
      ['SELECT 1 AS id) AS a; COMMIT; DELETE FROM helpdesk.tickets; SELECT * FROM (SELECT 1 AS id', '42601'],
      ["SELECT set_config('transaction_read_only', 'off', false) AS id", '25001'],
      ['SELECT id FROM helpdesk.tickets FOR UPDATE', '25006'],
    ]) {
      await expect(readTable(helpdesk, { relation: 'things', query, required: ['id'] }), query).rejects.toMatchObject({
        message: expect.stringContaining(`(${code})`),
      })
    }
    expect(await helpdesk.run('SELECT count(*) FROM helpdesk.tickets')).toEqual([['1']])
    expect(await helpdesk.run('SELECT count(*) FROM helpdesk.ratings')).toEqual([['0']])
  })

  it('may be granted by column: what the source does not name is not read', async () => {
    const helpdesk = await createHelpdesk(server, 2)
    await helpdesk.run(`REVOKE ALL ON helpdesk.tickets FROM oversight_reader;
      GRANT SELECT (id, topic) ON helpdesk.tickets TO oversight_reader`)
    const reader = { url: helpdesk.url.replace('postgres@', 'oversight_reader@') }
    const relation = { relation: 'tickets', table: 'helpdesk.tickets' }
    expect(await readTable(reader, { ...relation, required: ['topic'] })).toEqual([
      ['refund_request'],
      ['refund_request'],
    ])
    await expect(readTable(reader, { ...relation, required: ['requester'] })).rejects.toMatchObject({
      message: expect.stringMatching(
        /\(42501\): permission denied for table tickets\. Give the role .* SELECT on the table/,
      ),
    })
  })

  it('publish nothing when the server ends the connection in the middle', async () => {
    const helpdesk = await createHelpdesk(server, 5)
    const home = temporaryFolder()
    await load(home, helpdesk)
    const sources = copySource(undefined, ({ postgres }) => {
      postgres.relations[1].query =
        'SELECT r.*, pg_sleep(600) FROM helpdesk.tickets t LEFT JOIN helpdesk.ratings r ON false'
    })
    let ended: Promise<unknown> | undefined
    const failing = load(home, helpdesk, {
      sources,
      onProgress: ({ what }) => {
        if (!what.endsWith('#ratings')) return
        ended ??= helpdesk.run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'oversight' AND datname = current_database()",
        )
      },
    })
    await expect(failing).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(/#ratings: the connection broke off while it was read .*Nothing was published/),
    })
    expect(await ended).toEqual([[true]])
    expect(await rowsOf(home, 'SELECT count(*) FROM loads')).toEqual([['1']])
  })

  it('stream in batches of bounded rows and bytes, however many rows there are and however wide', async () => {
    const { url } = await createHelpdesk(server, 0)
    const batches = (text: string) =>
      withPostgresSession({ url, from: 'the test' }, async ({ client }) => {
        const found: { rows: number; characters: number }[] = []
        for await (const rows of postgresRows(client, { text, values: [] })) {
          found.push({ rows: rows.length, characters: rows.reduce((sum, [word]) => sum + (word?.length ?? 0), 0) })
        }
        return found
      })
    const narrow = await batches("SELECT 'x' FROM generate_series(1, 200000)")
    expect(narrow.reduce((sum, { rows }) => sum + rows, 0)).toBe(200_000)
    expect(Math.max(...narrow.map(({ rows }) => rows))).toBe(maximumBatchRows)
    const wide = await batches("SELECT repeat('x', 200000) FROM generate_series(1, 500)")
    expect(wide.reduce((sum, { rows }) => sum + rows, 0)).toBe(500)
    // The first batch of 100 rows shows how wide they are; from then on they hold 8 MiB at most.
    expect(Math.max(...wide.slice(1).map(({ characters }) => characters))).toBeLessThanOrEqual(8 * 2 ** 20)
  })

  it('lie one after another in a table of 200,000 rows, numbered and hashed as they came', async () => {
    const helpdesk = await createHelpdesk(server, 0)
    const steps: string[] = []
    const query = "SELECT n AS id, repeat('x', (n % 50)::int) AS word FROM generate_series(1, 200000) n"
    const relation = { relation: 'numbers', query, required: ['id', 'word'] }
    await withWorkFolder(async (connection, folder) => {
      const [read] = await readPostgresRelations(
        connection,
        sourceOf(relation),
        folder,
        { url: helpdesk.url, from: 'the test' },
        async () => null,
        ({ what }) => steps.push(what.replace(/^.*#/, '')),
      )
      expect(steps).toEqual([
        'numbers',
        'numbers: 50,000 rows',
        'numbers: 100,000 rows',
        'numbers: 150,000 rows',
        'numbers: 200,000 rows',
      ])
      const misplaced = await connection.runAndReadAll(
        `SELECT count(*), count(*) FILTER (WHERE c0 <> CAST(rowid + 1 AS VARCHAR) OR length(c1) <> (rowid + 1) % 50) FROM ${read?.table}`,
      )
      expect(misplaced.getRowsJson()).toEqual([['200000', '0']])
      const hash = createHash('sha256').update('["id","word"]\n')
      for (let n = 1; n <= 200_000; n += 1) hash.update(`["${n}","${'x'.repeat(n % 50)}"]\n`)
      expect(read).toMatchObject({ rowCount: 200_000, sha256: hash.digest('hex') })
    })
  })
})

/** The source of the helpdesk with other mappings of interactions or other options; the folder of its copy. */
function copySource(
  changeMapping: (sql: string) => string = (sql) => sql,
  // biome-ignore lint/suspicious/noExplicitAny: a source.json of any kind
  changeOptions: (source: any) => void = () => {},
): string {
  const sources = temporaryFolder()
  const folder = join(sources, 'postgres-helpdesk')
  cpSync(join(helpdeskSources, 'postgres-helpdesk'), folder, { recursive: true })
  const [mapping, options] = [join(folder, 'interactions.sql'), join(folder, 'source.json')]
  writeFileSync(mapping, changeMapping(readFileSync(mapping, 'utf8')))
  const source = JSON.parse(readFileSync(options, 'utf8'))
  changeOptions(source)
  writeFileSync(options, JSON.stringify(source))
  return sources
}

/** A source with one relation, as it stands in source.json. */
function sourceOf(relation: Record<string, unknown>): SourceFolder {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, 'source.json'),
    JSON.stringify({ name: 'desk', description: 'A desk', postgres: { relations: [relation] } }),
  )
  writeFileSync(join(folder, 'interactions.sql'), 'SELECT 1')
  return readSourceFolder(folder)
}

async function withWorkFolder<T>(use: (connection: DuckDBConnection, folder: string) => Promise<T>): Promise<T> {
  const folder = temporaryFolder()
  const warehouse = await openWarehouse(join(folder, 'test.duckdb'), { mode: 'write' })
  try {
    return await use(warehouse.connection(), folder)
  } finally {
    await warehouse.close()
  }
}

/** The rows of one relation as they were read. */
async function readTable(helpdesk: { url: string }, relation: Record<string, unknown>): Promise<unknown[][]> {
  return withWorkFolder(async (connection, folder) => {
    const access = { url: helpdesk.url, from: 'the test' }
    const [read] = await readPostgresRelations(
      connection,
      sourceOf(relation),
      folder,
      access,
      async () => null,
      () => {},
    )
    return (await connection.runAndReadAll(`FROM ${read?.table}`)).getRowsJson()
  })
}
