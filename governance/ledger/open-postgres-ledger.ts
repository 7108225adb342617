import { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import type { Clock } from './clock.ts'
import { describePostgres } from './describe-postgres.ts'
import type { LedgerSchema } from './ledger-schema.ts'
import { LockingPostgresDialect } from './locking-postgres-dialect.ts'
import { missingSteps } from './missing-steps.ts'
import type { Ledger } from './open-ledger.ts'
import { LedgerPool, postgresLocation } from './postgres-pool.ts'
import { postgresSchemaChanges } from './postgres-schema-changes.ts'
import { ledgerSchemaName, postgresSteps } from './postgres-steps.ts'
import { recordCreation } from './record-creation.ts'

/**
 * Opens the ledger of a PostgreSQL database as the role of its address, which needs no right to change the schema.
 * Throws conflict when the schema is missing, older or newer, bad_input for a server that cannot hold a ledger,
 * unavailable when it cannot be reached.
 */
export async function openPostgresLedger(
  url: string,
  options: { keysDirectory: string; clock: Clock },
): Promise<Ledger> {
  const location = postgresLocation(url)
  const pool = new LedgerPool(url)
  const db = new Kysely<LedgerSchema>({ dialect: new LockingPostgresDialect({ pool }) }).withSchema(ledgerSchemaName)
  const ledger: Ledger = {
    location,
    keysDirectory: options.keysDirectory,
    db,
    readSnapshot: (read) => db.transaction().setAccessMode('read only').execute(read),
    schemaChanges: () => postgresSchemaChanges(pool),
    describeStore: () => describePostgres(pool, location),
    async close() {
      await db.destroy()
      // Kysely ends the pool only when it has used it.
      await pool.end()
    },
  }
  try {
    await checkServer(pool, location)
    await checkSchema(pool, location)
    await recordCreation(ledger, options.clock)
    return ledger
  } catch (error) {
    await ledger.close()
    throw error
  }
}

/** Throws bad_input for a server that is too old, not in UTF-8, or a copy that only reads. */
export async function checkServer(pool: LedgerPool, location: string): Promise<void> {
  const [server] = await pool.rows<{ version: number; shown: string; encoding: string; isReplica: boolean }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as shown,
      current_setting('server_encoding') as encoding, pg_is_in_recovery() as "isReplica"`,
  )
  if (server === undefined) return
  const refuse = (what: string) => new OversightError('bad_input', `The ledger cannot lie at ${location}: ${what}`)
  if (server.version < 150_000) throw refuse(`PostgreSQL ${server.shown} is too old, 15 or later is needed.`)
  if (server.encoding !== 'UTF8') throw refuse(`its encoding is ${server.encoding}. Make the database with UTF8.`)
  if (server.isReplica) throw refuse('it is a standby, which only reads. Give the address of the primary.')
}

async function checkSchema(pool: LedgerPool, location: string): Promise<void> {
  const applied = await pool
    .rows<{ name: string; sha256: string }>(`select name, sha256 from ${ledgerSchemaName}.migrations order by name`)
    .catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code === '42P01' || code === '3F000') return []
      if (code !== '42501') throw error
      throw new OversightError(
        'forbidden',
        `This role may not read the ledger at ${location}. Run "oversight ledger migrate" with OVERSIGHT_LEDGER_URL naming it: that grants its rights.`,
        { cause: error },
      )
    })
  const missing = missingSteps(applied, postgresSteps(), location)
  if (missing.length === 0) return
  throw new OversightError(
    'conflict',
    `The ledger at ${location} lacks the schema steps ${missing.map(({ name }) => name).join(', ')}. Run "oversight ledger migrate" with OVERSIGHT_LEDGER_OWNER_URL.`,
  )
}
