import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { OversightError } from '#models/oversight-error.ts'
import { initial } from './migrations/0001-initial.ts'
import { newestEvidence } from './migrations/0002-newest-evidence.ts'
import { systemDecisions } from './migrations/0003-system-decisions.ts'
import { policyDrafts } from './migrations/0004-policy-drafts.ts'
import { openingsAndTrainings } from './migrations/0005-openings-and-trainings.ts'
import { outboxAndAnchors } from './migrations/0006-outbox-and-anchors.ts'
import { typeFacts } from './migrations/0007-type-facts.ts'
import { withdrawnPoliciesAndFirstPasswords } from './migrations/0008-withdrawn-policies-and-first-passwords.ts'
import { apiTokens } from './migrations/0009-api-tokens.ts'
import { savedViews } from './migrations/0010-saved-views.ts'
import { missingSteps } from './missing-steps.ts'

/** One step of the schema: written for SQLite, from which PostgreSQL's text is made unless it differs. */
interface Migration {
  name: string
  sql: string
  /** Instead of `sql` where PostgreSQL goes another way to the same tables; in the same words. */
  postgres?: string
}

/** In the order of application. Frozen: a published one is never edited. */
export const migrations: readonly Migration[] = [
  initial,
  newestEvidence,
  systemDecisions,
  policyDrafts,
  openingsAndTrainings,
  outboxAndAnchors,
  typeFacts,
  withdrawnPoliciesAndFirstPasswords,
  apiTokens,
  savedViews,
]

/**
 * Applies what is missing, each in one transaction. Two processes that start together do it once.
 * Throws conflict when the ledger was made by a newer version or by an edited migration.
 */
export function migrate(database: Database): void {
  const checksReferences = database.pragma('foreign_keys', { simple: true }) === 1
  // A step may make a table anew to which others refer. SQLite takes this setting only outside a transaction.
  database.pragma('foreign_keys = OFF')
  try {
    applyMissing(database)
  } finally {
    if (checksReferences) database.pragma('foreign_keys = ON')
  }
}

function applyMissing(database: Database): void {
  database
    .transaction(() => {
      database.exec(
        'CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;',
      )
      const applied = database.prepare('SELECT name, sha256 FROM migrations ORDER BY name').all() as {
        name: string
        sha256: string
      }[]
      const known = migrations.map((migration) => ({ ...migration, sha256: sqlHash(migration.sql) }))
      const missing = missingSteps(applied, known, database.name)
      for (const { name, sql, sha256 } of missing) {
        database.exec(sql)
        database.prepare('INSERT INTO migrations (name, sha256) VALUES (?, ?)').run(name, sha256)
      }
      if (missing.length > 0 && (database.pragma('foreign_key_check') as unknown[]).length > 0) {
        throw new OversightError('trail_broken', `Rows of the ledger ${database.name} refer to rows that are gone.`)
      }
    })
    .immediate()
}

function sqlHash(sql: string): string {
  return createHash('sha256').update(sql).digest('hex')
}
