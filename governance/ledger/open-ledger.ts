import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely } from 'kysely'
import { recordEvent } from '../audit/record-event.ts'
import { defaultPolicy } from '../policy/default-policy.ts'
import { publishFirstPolicy } from '../review/publish-first-policy.ts'
import { change } from './change.ts'
import { type Clock, systemClock } from './clock.ts'
import { ImmediateSqliteDialect } from './immediate-sqlite-dialect.ts'
import type { LedgerSchema } from './ledger-schema.ts'
import { migrate, migrations } from './migrate.ts'
import { schemaChanges } from './schema-changes.ts'
import { systemActor } from './system-actor.ts'

/** The governance database of one installation. */
export interface Ledger {
  file: string
  /** Where the key of the checkpoints lies, outside the database. */
  keysDirectory: string
  /** For readers. Writers go through the use cases, which record their audit event. */
  db: Kysely<LedgerSchema>
  /** Runs several reads on one unchanging state, beside everything else. */
  readSnapshot<Result>(read: (db: Kysely<LedgerSchema>) => Promise<Result>): Promise<Result>
  /** What of the schema (tables, triggers) is no longer as it was made; empty when all is well. */
  schemaChanges(): string[]
  close(): Promise<void>
}

/**
 * Opens the ledger, making it (and policy version 1) when there is none. Keys lie in `keys` beside the file unless
 * told otherwise. Throws conflict when the file was made by a newer version.
 */
export async function openLedger(
  file: string,
  options: { keysDirectory?: string; clock?: Clock } = {},
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
    throw error
  }
  const db = new Kysely<LedgerSchema>({ dialect: new ImmediateSqliteDialect({ database: connection }) })
  const ledger: Ledger = {
    file: path,
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
    schemaChanges: () => schemaChanges(connection),
    close: () => db.destroy(),
  }
  await recordCreation(ledger, options.clock ?? systemClock())
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

async function recordCreation(ledger: Ledger, clock: Clock): Promise<void> {
  const first = await ledger.db.selectFrom('audit_events').select('seq').limit(1).executeTakeFirst()
  if (first !== undefined) return
  await change(ledger, async (db) => {
    const raced = await db.selectFrom('audit_events').select('seq').limit(1).executeTakeFirst()
    if (raced !== undefined) return
    const schema = migrations.map((migration) => migration.name).join(' ')
    await recordEvent(db, clock, systemActor, {
      action: 'ledger-created',
      object: { type: 'ledger', id: 'ledger' },
      data: { schema },
    })
    await publishFirstPolicy(db, defaultPolicy, clock)
  })
}
