import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '#governance/ledger/migrate.ts'
import { migratePostgres } from '#governance/ledger/migrate-postgres.ts'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { addPeople, type BuiltLedger, buildLedger, type People } from '#test/build/ledger.ts'
import { addressOf, type Intruder, ledgerServer, ledgerStore } from '#test/build/ledger-store.ts'

const trail = ['audit_events', 'audit_nodes', 'checkpoints', 'votes', 'decisions', 'evidence', 'proposals', 'policies']

describe.runIf(ledgerStore === 'postgres')('a ledger on PostgreSQL', () => {
  let at: BuiltLedger
  let people: People
  let superuser: Intruder
  let application: pg.Client
  beforeAll(async () => {
    at = await buildLedger()
    people = await addPeople(at)
    superuser = await at.place.intrude()
    application = new pg.Client({ connectionString: at.place.location })
    await application.connect()
    await application.query('SET search_path = oversight')
  })
  afterAll(async () => {
    await application.end()
    await superuser.close()
    await at.remove()
  })

  describe('the role of the application', () => {
    it.each(trail)('adds to %s and reads it, no more', async (table) => {
      const { rows } = await application.query(
        `SELECT privilege_type AS right FROM information_schema.table_privileges
        WHERE table_schema = 'oversight' AND table_name = $1 AND grantee = current_user ORDER BY 1`,
        [table],
      )
      expect(rows.map(({ right }) => right)).toEqual(['INSERT', 'SELECT'])
      const { rows: columns } = await application.query(
        'SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass',
        [table],
      )
      for (const { attname } of columns) {
        await expect(application.query(`UPDATE ${table} SET ${attname} = ${attname}`)).rejects.toThrow(
          /permission|system/,
        )
      }
      await expect(application.query(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/)
      await expect(application.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow(/permission denied/)
    })

    it.each([
      ['switch a guard off', 'ALTER TABLE audit_events DISABLE TRIGGER audit_events_no_update'],
      ['drop a table', 'DROP TABLE audit_events'],
      ['replace a guard', 'CREATE OR REPLACE FUNCTION audit_events_no_update() RETURNS trigger LANGUAGE sql AS $$ $$'],
      ['add a table', 'CREATE TABLE oversight.more (a INT)'],
      ['say which steps were applied', "INSERT INTO migrations VALUES ('0099', 'x')"],
      ['give a person another id', "UPDATE users SET user_id = 'other'"],
      ['move the start of a level', 'UPDATE level_intervals SET effective_from = effective_from'],
      ['step over the triggers', 'SET session_replication_role = replica'],
    ])('may not %s', async (_what, statement) => {
      await expect(application.query(statement)).rejects.toThrow(/permission denied|must be owner/)
    })

    it('does not lead the guards astray with tables of its own', async () => {
      await application.query(`CREATE TEMP TABLE users (LIKE oversight.users)`)
      await application.query(`SET search_path = pg_temp, oversight`)
      const duplicate = `INSERT INTO oversight.users SELECT 'other', email, name, roles, password_hash, 0, 0, created_at
        FROM oversight.users WHERE user_id = $1`
      await expect(application.query(duplicate, [people.anna.id])).rejects.toThrow(/holds this row already/)
      await application.query('DROP TABLE pg_temp.users; SET search_path = oversight')
    })
  })

  describe('verifying finds', () => {
    it.each([
      ['a right too many', 'GRANT UPDATE ON audit_events TO ledger_app', 'role ledger_app may UPDATE audit_events'],
      [
        'a right on a column',
        'GRANT UPDATE (leaf) ON audit_events TO PUBLIC',
        'role everybody may UPDATE leaf of audit_events',
      ],
      [
        'rights in the schema',
        'GRANT CREATE ON SCHEMA oversight TO ledger_app',
        'role ledger_app may CREATE in the schema',
      ],
      [
        'a guard switched off',
        'ALTER TABLE votes DISABLE TRIGGER votes_no_delete',
        'trigger votes_no_delete was changed',
      ],
      ['a guard taken away', 'DROP TRIGGER votes_no_update ON votes', 'trigger votes_no_update is missing'],
      [
        'a guard that does nothing',
        `CREATE OR REPLACE FUNCTION decisions_once() RETURNS trigger LANGUAGE plpgsql
          SET search_path = oversight, pg_temp AS 'BEGIN RETURN NEW; END'`,
        'trigger decisions_once was changed',
      ],
      [
        'a guard for some rows',
        `CREATE OR REPLACE TRIGGER votes_no_update BEFORE UPDATE ON votes FOR EACH ROW WHEN (OLD.vote = 'reject')
          EXECUTE FUNCTION votes_no_update()`,
        'trigger votes_no_update was changed',
      ],
      [
        'a trigger too many',
        'CREATE TRIGGER more BEFORE INSERT ON votes EXECUTE FUNCTION votes_no_update()',
        'trigger more does not belong here',
      ],
      ['references unchecked', 'ALTER TABLE proposals DISABLE TRIGGER ALL', 'references of proposals are not checked'],
      [
        'a check taken away',
        'ALTER TABLE votes DROP CONSTRAINT votes_vote_check',
        'constraint votes.votes_vote_check is missing',
      ],
      [
        'a weaker check',
        `ALTER TABLE votes DROP CONSTRAINT votes_vote_check, ADD CONSTRAINT votes_vote_check CHECK (vote <> '')`,
        'constraint votes.votes_vote_check was changed',
      ],
      ['a rule', 'CREATE RULE lose AS ON INSERT TO votes DO INSTEAD NOTHING', 'rule votes.lose does not belong here'],
      ['hidden rows', 'ALTER TABLE votes ENABLE ROW LEVEL SECURITY', 'table votes was changed'],
      ['a column too many', 'ALTER TABLE votes ADD COLUMN more TEXT', 'column votes.more does not belong here'],
      ['an index taken away', 'DROP INDEX one_cycle_decision', 'index one_cycle_decision is missing'],
      ['a table too many', 'CREATE TABLE more (a INT)', 'table more does not belong here'],
      [
        'a check that passes all',
        `CREATE OR REPLACE FUNCTION json_valid(given TEXT) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS 'SELECT TRUE'`,
        'function json_valid was changed',
      ],
    ])('%s', async (_what, statement, finding) => {
      const copy = await buildLedger()
      const intruder = await copy.place.intrude()
      try {
        expect(await copy.ledger.schemaChanges()).toEqual([])
        await intruder.run(statement)
        expect(await copy.ledger.schemaChanges()).toContain(finding)
      } finally {
        await intruder.close()
        await copy.remove()
      }
    })
  })

  it('has the tables and columns that SQLite has', async () => {
    const sqlite = new Database(':memory:')
    migrate(sqlite)
    const tables = sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all()
    const expected = (tables as string[]).flatMap((table) =>
      (sqlite.pragma(`table_info(${table})`) as { name: string; type: string; notnull: number }[]).map(
        ({ name, type, notnull }) => `${table}.${name} ${type === 'INTEGER' ? 'bigint' : 'text'} ${notnull === 1}`,
      ),
    )
    const { rows } = await application.query(
      `SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns
      WHERE table_schema = 'oversight' ORDER BY table_name COLLATE "C", ordinal_position`,
    )
    expect(
      rows.map((row) => `${row.table_name}.${row.column_name} ${row.data_type} ${row.is_nullable === 'NO'}`),
    ).toEqual(expected)
    // Texts sort byte by byte, as on SQLite, whatever the language of the database.
    expect(rows.filter((row) => row.data_type === 'text' && row.collation_name !== 'C')).toEqual([])
  })

  it('says which store it is, and when its role could do too much', async () => {
    const { store, warnings } = await at.ledger.describeStore()
    expect(store).toMatch(/^PostgreSQL 15\..* as ledger_app$/)
    const fsyncOfTests = { what: 'fsync is off: a crash of the machine loses decisions', remedy: 'Set fsync = on.' }
    expect(warnings).toEqual([fsyncOfTests])
    const database = new URL(at.place.location).pathname.slice(1)
    for (const [role, why] of [
      ['ledger_owner', 'owns the ledger'],
      ['postgres', 'is a superuser'],
    ] as const) {
      const opened = await openLedger(await addressOf(role, database), { keysDirectory: at.place.keysDirectory })
      expect((await opened.describeStore()).warnings[0]?.what).toContain(`the role ${role} ${why}`)
      await opened.close()
    }
  })

  it('is not opened without its schema, by a role without rights, or where no server is', async () => {
    const server = await ledgerServer()
    await server.createDatabase('empty')
    const options = { keysDirectory: at.place.keysDirectory }
    await expect(openLedger(await addressOf('ledger_app', 'empty'), options)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('oversight ledger migrate'),
    })
    await superuser.run('CREATE ROLE stranger LOGIN')
    const stranger = at.place.location.replace('//ledger_app@', '//stranger@')
    await expect(openLedger(stranger, options)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(openLedger(at.place.location.replace(/\w+$/, 'nowhere'), options)).rejects.toThrow(/does not exist/)
    const nobody = 'postgresql://app:secret@127.0.0.1:1/ledger'
    const refused = openLedger(nobody, options)
    await expect(refused).rejects.toMatchObject({ code: 'unavailable' })
    await expect(refused).rejects.not.toThrow(/secret/)
  })

  it('is set up again without a change, and not by a role that may not', async () => {
    const database = new URL(at.place.location).pathname.slice(1)
    const owner = await addressOf('ledger_owner', database)
    expect(await migratePostgres(owner, at.place.location)).toMatchObject({
      applied: [],
      owner: 'ledger_owner',
      applicationRole: 'ledger_app',
    })
    await expect(migratePostgres(at.place.location, at.place.location)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
