import pg from 'pg'
import { guardsInForce, ledgerSchemaName } from '#governance/ledger/postgres-steps.ts'
import type { Intruder, LedgerRow } from './ledger-store.ts'

/** Connects as the server's superuser. */
export class PostgresIntruder implements Intruder {
  readonly #client: pg.Client

  static async connect(url: string): Promise<PostgresIntruder> {
    const types = { getTypeParser: (type: number, format?: unknown) => parser(type, format) }
    const client = new pg.Client({ connectionString: url, types: types as never })
    await client.connect()
    await client.query(`SET search_path = ${ledgerSchemaName}, pg_temp`)
    return new PostgresIntruder(client)
  }

  constructor(client: pg.Client) {
    this.#client = client
  }

  async rows(statement: string, ...values: unknown[]): Promise<LedgerRow[]> {
    return (await this.#client.query(numbered(statement), values)).rows
  }

  async one(statement: string, ...values: unknown[]): Promise<LedgerRow> {
    return (await this.rows(statement, ...values))[0] ?? {}
  }

  async run(statement: string, ...values: unknown[]): Promise<number> {
    return (await this.#client.query(numbered(statement), values)).rowCount ?? 0
  }

  async attempt(work: () => Promise<unknown>, guard?: string): Promise<void> {
    await this.#client.query('BEGIN')
    try {
      if (guard !== undefined) {
        const table = guardsInForce().find(({ name }) => name === guard)?.table
        if (table !== undefined) await this.#client.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${guard}`)
        await this.#client.query('SET LOCAL session_replication_role = replica')
      }
      await work()
    } finally {
      await this.#client.query('ROLLBACK')
    }
  }

  async overpower(): Promise<void> {
    await this.#client.query('SET session_replication_role = replica')
    const checks = await this.rows(
      `SELECT relname AS "table", conname AS name FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
      WHERE contype = 'c' AND relnamespace = ?::regnamespace`,
      ledgerSchemaName,
    )
    for (const { table, name } of checks) await this.#client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`)
  }

  async dropGuards(): Promise<() => Promise<void>> {
    const guards = guardsInForce()
    for (const { name, table } of guards) await this.#client.query(`ALTER TABLE ${table} DISABLE TRIGGER ${name}`)
    return async () => {
      for (const { name, table } of guards) await this.#client.query(`ALTER TABLE ${table} ENABLE TRIGGER ${name}`)
    }
  }

  async close(): Promise<void> {
    await this.#client.end()
  }
}

function numbered(statement: string): string {
  let count = 0
  return statement.replaceAll('?', () => {
    count += 1
    return `$${count}`
  })
}

function parser(type: number, format: unknown): unknown {
  return type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format as 'text')
}
