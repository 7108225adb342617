import pg from 'pg'
import { OversightError } from '#models/oversight-error.ts'
import { ledgerLock } from './locking-postgres-dialect.ts'
import { missingSteps } from './missing-steps.ts'
import { checkServer } from './open-postgres-ledger.ts'
import { LedgerPool, postgresLocation } from './postgres-pool.ts'
import { grantSql } from './postgres-rights.ts'
import { borrowedFunctions, guardSql, ledgerSchemaName, migrationsTable, postgresSteps } from './postgres-steps.ts'

export interface PostgresMigration {
  location: string
  /** Names of the steps applied now. */
  applied: string[]
  owner: string
  /** The role that was given its rights; null when the owner itself writes. */
  applicationRole: string | null
}

/**
 * Makes or updates the schema of a PostgreSQL ledger as its owner and gives the application's role (that of
 * `applicationUrl`) its rights; all in one transaction. Again it changes nothing. Throws conflict when the ledger was
 * made by another version, forbidden when the owner may not do it.
 */
export async function migratePostgres(ownerUrl: string, applicationUrl: string): Promise<PostgresMigration> {
  const location = postgresLocation(ownerUrl)
  if (postgresLocation(applicationUrl) !== location) {
    throw new OversightError(
      'bad_input',
      `OVERSIGHT_LEDGER_OWNER_URL names ${location}, OVERSIGHT_LEDGER_URL ${postgresLocation(applicationUrl)}. Both have to name one database.`,
    )
  }
  const application = await roleOf(applicationUrl)
  const pool = new LedgerPool(ownerUrl)
  try {
    await checkServer(pool, location)
    const client = await pool.pool.connect()
    try {
      await client.query(`begin; select pg_advisory_xact_lock(${ledgerLock})`)
      const { rows: roles } = await client.query('select current_user as owner')
      const owner = String(roles[0]?.owner)
      // Even where it is there, "if not exists" would ask for the right to make one.
      const { rows: found } = await client.query('select to_regnamespace($1) as schema', [ledgerSchemaName])
      if (found[0]?.schema === null) await client.query(`create schema ${ledgerSchemaName}`)
      await client.query(`set local search_path = ${ledgerSchemaName}, pg_temp`)
      await client.query(beginnings)
      const { rows: applied } = await client.query('select name, sha256 from migrations order by name')
      const missing = missingSteps(applied, postgresSteps(), location)
      for (const { name, tables, guards, sha256 } of missing) {
        await client.query([tables, ...guards.map(guardSql)].join('\n'))
        await client.query('insert into migrations (name, sha256) values ($1, $2)', [name, sha256])
      }
      if (application !== owner) {
        const { rows: tables } = await client.query('select tablename from pg_tables where schemaname = $1', [
          ledgerSchemaName,
        ])
        const names = tables.map(({ tablename }) => String(tablename))
        await client.query(grantSql(names, pg.escapeIdentifier(application)))
      }
      await client.query('commit')
      return {
        location,
        applied: missing.map(({ name }) => name),
        owner,
        applicationRole: application === owner ? null : application,
      }
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw asForbidden(error, location)
    } finally {
      client.release()
    }
  } finally {
    await pool.end()
  }
}

/** What the steps take for granted: the list of those applied, and functions that SQLite has. */
const beginnings = [
  migrationsTable.replace('TABLE', 'TABLE IF NOT EXISTS'),
  ...Object.entries(borrowedFunctions).map(
    ([name, { head, body }]) => `CREATE OR REPLACE FUNCTION ${name}${head} LANGUAGE plpgsql IMMUTABLE
SET search_path = ${ledgerSchemaName}, pg_temp AS $body$${body}$body$;`,
  ),
].join('\n')

async function roleOf(url: string): Promise<string> {
  const pool = new LedgerPool(url)
  try {
    const [row] = await pool.rows<{ role: string }>('select current_user as role')
    return row?.role ?? ''
  } finally {
    await pool.end()
  }
}

function asForbidden(error: unknown, location: string): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === '42501')) return error
  return new OversightError(
    'forbidden',
    `The owner's role may not set up the ledger at ${location}: ${error.message}. It needs CREATE on the database, and to own the schema ${ledgerSchemaName} if that is there already.`,
    { cause: error },
  )
}
