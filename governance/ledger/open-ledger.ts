import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import { asOversightError } from './change.ts'
import { type Clock, systemClock } from './clock.ts'
import { ImmediateSqliteDialect } from './immediate-sqlite-dialect.ts'
import type { LedgerSchema } from './ledger-schema.ts'
import { migrate } from './migrate.ts'
import { openPostgresLedger } from './open-postgres-ledger.ts'
import { recordCreation } from './record-creation.ts'
import { schemaChanges } from './schema-changes.ts'

/** The governance database of one installation. */
export interface Ledger {
  /** The SQLite file, or server and database of PostgreSQL without user and password. */
  location: string
  /** Where the key of the checkpoints lies, outside the database. */
  keysDirectory: string
  /** For readers. Writers go through the use cases, which record their audit event. */
  db: Kysely<LedgerSchema>
  /** Runs several reads on one unchanging state, beside everything else. */
  readSnapshot<Result>(read: (db: Kysely<LedgerSchema>) => Promise<Result>): Promise<Result>
  /** What of the schema (tables, triggers, grants) is no longer as it was made; empty when all is well. */
  schemaChanges(): Promise<string[]>
  /** Which store and version it is, and what of its settings and rights weakens it, with what to do. */
  describeStore(): Promise<StoreDescription>
  close(): Promise<void>
}

export interface StoreDescription {
  store: string
  warnings: { what: string; remedy: string }[]
}

/**
 * Opens the ledger: a SQLite file, made when there is none, or the address of a PostgreSQL database (postgresql://...)
 * that "oversight ledger migrate" has set up. A new one gets policy version 1. Keys lie in `keys` beside the file
 * unless told otherwise; PostgreSQL needs to be told. Throws conflict when it was made by a newer version, unavailable
 * when the server cannot be reached.
 */
export async function openLedger(
  location: string,
  options: { keysDirectory?: string; clock?: Clock } = {},
): Promise<Ledger> {
  const { clock = systemClock() } = options
  if (!isPostgresUrl(location)) return openSqliteLedger(location, { ...options, clock })
  if (options.keysDirectory === undefined) {
    throw new OversightError('internal', 'A ledger on PostgreSQL needs to be told where its keys lie.')
  }
  mkdirSync(options.keysDirectory, { recursive: true, mode: 0o700 })
  return openPostgresLedger(location, { keysDirectory: options.keysDirectory, clock })
}

function isPostgresUrl(location: string): boolean {
  return /^postgres(ql)?:\/\//.test(location)
}

async function openSqliteLedger(
  file: string,
  options: { keysDirectory?: string | undefined; clock: Clock },
): Promise<Ledger> {
  const path = resolve(file)
  const keysDirectory = options.keysDirectory ?? join(dirname(path), 'keys')
  mkdirSync(keysDirectory, { recursive: true, mode: 0o700 })
  const isNew = !existsSync(path)
  const connection = connect(path)
  if (isNew) chmodSync(path, 0o600)
  try {
    connection.pragma('journal_mode = WAL')
    migrate(connection)
  } catch (error) {
    connection.close()
    throw asOversightError(error)
  }
  const db = new Kysely<LedgerSchema>({ dialect: new ImmediateSqliteDialect({ database: connection }) })
  const ledger: Ledger = {
    location: path,
    keysDirectory,
    db,
    async readSnapshot(read) {
      const reader = new Kysely<LedgerSchema>({ dialect: new ImmediateSqliteDialect({ database: connect(path) }) })
      try {
        return await reader.transaction().setAccessMode('read only').execute(read)
      } finally {
        await reader.destroy()
      }
    },
    schemaChanges: async () => schemaChanges(connection),
    async describeStore() {
      const version = connection.prepare('SELECT sqlite_version()').pluck().get()
      return { store: `SQLite ${version}, ${path}`, warnings: [] }
    },
    close: () => db.destroy(),
  }
  await recordCreation(ledger, options.clock)
  return ledger
}

function connect(path: string): Database.Database {
  const connection = new Database(path, { timeout: 10_000 })
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('recursive_triggers = ON')
  connection.pragma('trusted_schema = OFF')
  return connection
}
