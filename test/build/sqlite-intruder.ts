import Database from 'better-sqlite3'
import type { Intruder, LedgerRow } from './ledger-store.ts'

/** Connects as a careless program would: neither foreign keys nor recursive triggers. */
export class SqliteIntruder implements Intruder {
  readonly #raw: Database.Database

  constructor(file: string) {
    this.#raw = new Database(file)
    this.#raw.pragma('foreign_keys = OFF')
  }

  async rows(statement: string, ...values: unknown[]): Promise<LedgerRow[]> {
    return this.#raw.prepare(statement).all(values) as LedgerRow[]
  }

  async one(statement: string, ...values: unknown[]): Promise<LedgerRow> {
    return (await this.rows(statement, ...values))[0] ?? {}
  }

  async run(statement: string, ...values: unknown[]): Promise<number> {
    return this.#raw.prepare(statement).run(values).changes
  }

  async attempt(work: () => Promise<unknown>, guard?: string): Promise<void> {
    this.#raw.exec('BEGIN IMMEDIATE')
    try {
      for (const { name } of this.#triggers()) {
        if (guard !== undefined && name !== guard) this.#raw.exec(`DROP TRIGGER ${name}`)
      }
      await work()
    } finally {
      this.#raw.exec('ROLLBACK')
    }
  }

  async overpower(): Promise<void> {
    this.#raw.pragma('ignore_check_constraints = ON')
    await this.dropGuards()
  }

  async dropGuards(): Promise<() => Promise<void>> {
    const triggers = this.#triggers()
    for (const { name } of triggers) this.#raw.exec(`DROP TRIGGER ${name}`)
    return async () => {
      for (const { sql } of triggers) this.#raw.exec(sql)
    }
  }

  async close(): Promise<void> {
    this.#raw.close()
  }

  #triggers(): { name: string; sql: string }[] {
    return this.#raw.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
      name: string
      sql: string
    }[]
  }
}
