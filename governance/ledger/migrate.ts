import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { OversightError } from '#models/oversight-error.ts'
import { initial } from './migrations/0001-initial.ts'
import { newestEvidence } from './migrations/0002-newest-evidence.ts'

/** In the order of application. Frozen: a published one is never edited. */
export const migrations: readonly { name: string; sql: string }[] = [initial, newestEvidence]

/**
 * Applies what is missing, each in one transaction. Two processes that start together do it once.
 * Throws conflict when the ledger was made by a newer version or by an edited migration.
 */
export function migrate(database: Database): void {
  database
    .transaction(() => {
      database.exec(
        'CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;',
      )
      const applied = database.prepare('SELECT name, sha256 FROM migrations ORDER BY name').all() as {
        name: string
        sha256: string
      }[]
      for (const [index, row] of applied.entries()) {
        const known = migrations[index]
        if (known === undefined || known.name !== row.name || sqlHash(known.sql) !== row.sha256) {
          throw new OversightError(
            'conflict',
            `The ledger ${database.name} was made by another version of Oversight (schema step ${row.name}). Update Oversight before you open it.`,
          )
        }
      }
      for (const { name, sql } of migrations.slice(applied.length)) {
        database.exec(sql)
        database.prepare('INSERT INTO migrations (name, sha256) VALUES (?, ?)').run(name, sqlHash(sql))
      }
    })
    .immediate()
}

function sqlHash(sql: string): string {
  return createHash('sha256').update(sql).digest('hex')
}
