import type { Transaction } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import type { LedgerSchema } from './ledger-schema.ts'
import type { Ledger } from './open-ledger.ts'

export type LedgerTransaction = Transaction<LedgerSchema>

/**
 * Runs one change of state with its audit events: all or nothing. Throws conflict when the database refuses (somebody
 * was faster, or a constraint forbids it).
 */
export async function change<Result>(
  ledger: Pick<Ledger, 'db'>,
  work: (db: LedgerTransaction) => Promise<Result>,
): Promise<Result> {
  try {
    return await ledger.db.transaction().execute(work)
  } catch (error) {
    throw asOversightError(error)
  }
}

/** PostgreSQL: the lock was not given in time, or the server ended a deadlock. */
const waited = new Set(['55P03', '40P01', '40001'])

/** What the database refuses, in our words; everything else as it is. */
export function asOversightError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  // Class 23 of SQLSTATE: a constraint or a trigger of PostgreSQL.
  if (code.startsWith('SQLITE_CONSTRAINT') || /^23...$/.test(code)) {
    const message = error instanceof Error ? error.message : ''
    return new OversightError('conflict', `The ledger refused this: ${message}. Load the page again.`, { cause: error })
  }
  if (code.startsWith('SQLITE_BUSY') || waited.has(code)) {
    return new OversightError('conflict', 'The ledger is being written by another process. Try again.', {
      cause: error,
    })
  }
  return error
}
