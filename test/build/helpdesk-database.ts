import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { PostgresServer } from './postgres.ts'

export const helpdeskSources = join(import.meta.dirname, '..', 'etl', 'sources')

export interface HelpdeskDatabase {
  /** Connection string of its owner. */
  url: string
  /** How reports name it. */
  origin: string
  run(sql: string, values?: unknown[]): Promise<unknown[][]>
}

let made = 0

/**
 * A new database with the tables of the source postgres-helpdesk and `ticketCount` tickets, one per minute from
 * 2026-07-01, each updated ten minutes after it was opened.
 */
export async function createHelpdesk(server: PostgresServer, ticketCount: number): Promise<HelpdeskDatabase> {
  made += 1
  const name = `helpdesk_${made}`
  const url = await server.createDatabase(name)
  const run = async (sql: string, values?: unknown[]) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      const result = await client.query({ text: sql, rowMode: 'array', ...(values === undefined ? {} : { values }) })
      return result.rows as unknown[][]
    } finally {
      await client.end()
    }
  }
  const tables = readFileSync(join(helpdeskSources, 'postgres-helpdesk', 'helpdesk.sql'), 'utf8')
  // Roles belong to the server, not to a database.
  const role = await run("SELECT 1 FROM pg_roles WHERE rolname = 'oversight_reader'")
  await run(role.length === 0 ? tables : tables.replace(/^CREATE ROLE .+;$/m, ''))
  await run(
    `INSERT INTO helpdesk.tickets
    SELECT n, 'customer-' || n % 7, 'refund_request', 'email', opened, opened + interval '5 minutes', 'ai', 0.75,
      '{privacy}', '{"model": "m1"}', false, opened + interval '10 minutes'
    FROM generate_series(1, $1::int) n, LATERAL (SELECT timestamptz '2026-07-01 00:00Z' + n * interval '1 minute') AS t(opened)`,
    [ticketCount],
  )
  const { port } = new URL(url)
  return { url, origin: `postgresql://127.0.0.1:${port}/${name}`, run }
}
