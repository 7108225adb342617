import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll } from 'vitest'
import { migratePostgres } from '#governance/ledger/migrate-postgres.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'
import { PostgresIntruder } from './postgres-intruder.ts'
import { SqliteIntruder } from './sqlite-intruder.ts'

export type LedgerStore = 'sqlite' | 'postgres'
export type LedgerRow = Record<string, string | number | null>

/** Somebody with the database in hand, past every use case: file or superuser. Values bound as `?`. */
export interface Intruder {
  rows(statement: string, ...values: unknown[]): Promise<LedgerRow[]>
  /** The first row. */
  one(statement: string, ...values: unknown[]): Promise<LedgerRow>
  /** Gives the number of changed rows. */
  run(statement: string, ...values: unknown[]): Promise<number>
  /** Tries inside a transaction that is taken back; with only one guard in place when it is named. */
  attempt(work: () => Promise<unknown>, guard?: string): Promise<void>
  /** From now on nothing refuses what this connection does: no guard, no reference, no check. */
  overpower(): Promise<void>
  /** Takes the triggers away for everybody; gives what puts them back. */
  dropGuards(): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** Where a ledger of a test lies. */
export interface LedgerPlace {
  store: LedgerStore
  /** As openLedger takes it; on PostgreSQL as the role of the application. */
  location: string
  /** Of this ledger alone; the keys lie in `keys`. */
  directory: string
  keysDirectory: string
  intrude(): Promise<Intruder>
  /** The same ledger with its keys once more. Nobody may have the original open on PostgreSQL. */
  copy(): Promise<LedgerPlace>
  remove(): Promise<void>
}

/** Where the tests of this run keep their ledgers: the project `postgres` sets it. */
export const ledgerStore: LedgerStore = process.env.OVERSIGHT_TEST_LEDGER === 'postgres' ? 'postgres' : 'sqlite'

/** A place for one new ledger; the server of PostgreSQL is started once per test file. */
export async function newLedgerPlace(store: LedgerStore = ledgerStore): Promise<LedgerPlace> {
  if (store === 'sqlite') return sqlitePlace(newDirectory())
  return postgresPlace(newDirectory(), await newDatabase('template_ledger'))
}

/** The server of this test file, with the roles `ledger_owner` and `ledger_app`. */
export function ledgerServer(): Promise<PostgresServer> {
  server ??= startLedgerServer()
  return server
}

/** The address of a database of that server for one of its roles. */
export async function addressOf(role: 'ledger_owner' | 'ledger_app' | 'postgres', database: string): Promise<string> {
  return (await ledgerServer()).url(database).replace('//postgres@', `//${role}@`)
}

let server: Promise<PostgresServer> | undefined
let databaseCount = 0

afterAll(async () => {
  const started = await server
  server = undefined
  await started?.stop()
})

function sqlitePlace(directory: string): LedgerPlace {
  const location = join(directory, 'ledger.sqlite')
  return {
    store: 'sqlite',
    location,
    directory,
    keysDirectory: join(directory, 'keys'),
    intrude: async () => new SqliteIntruder(location),
    async copy() {
      const copied = sqlitePlace(newDirectory())
      copyKeys(directory, copied.directory)
      const source = new Database(location)
      await source.backup(copied.location)
      source.close()
      return copied
    },
    async remove() {
      rmSync(directory, { recursive: true })
    },
  }
}

async function postgresPlace(directory: string, database: string): Promise<LedgerPlace> {
  return {
    store: 'postgres',
    location: await addressOf('ledger_app', database),
    directory,
    keysDirectory: join(directory, 'keys'),
    intrude: async () => PostgresIntruder.connect(await addressOf('postgres', database)),
    async copy() {
      const copied = await postgresPlace(newDirectory(), await newDatabase(database))
      copyKeys(directory, copied.directory)
      return copied
    },
    async remove() {
      rmSync(directory, { recursive: true })
      await asSuperuser(`DROP DATABASE "${database}" WITH (FORCE)`)
    },
  }
}

function newDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'oversight-ledger-'))
}

function copyKeys(from: string, to: string): void {
  if (existsSync(join(from, 'keys'))) cpSync(join(from, 'keys'), join(to, 'keys'), { recursive: true })
}

async function newDatabase(template: string): Promise<string> {
  databaseCount += 1
  const name = `ledger_${databaseCount}`
  await asSuperuser(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  return name
}

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: (await ledgerServer()).url() })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

async function startLedgerServer(): Promise<PostgresServer> {
  // What a test writes need not outlive the machine; killed processes lose nothing by it.
  const started = await startPostgres({ fsync: 'off', max_connections: '200' })
  server = Promise.resolve(started)
  await asSuperuser(
    'CREATE ROLE ledger_owner LOGIN',
    'CREATE ROLE ledger_app LOGIN',
    'CREATE DATABASE template_ledger OWNER ledger_owner',
  )
  await migratePostgres(
    await addressOf('ledger_owner', 'template_ledger'),
    await addressOf('ledger_app', 'template_ledger'),
  )
  return started
}
