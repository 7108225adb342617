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

function asOversightError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_CONSTRAINT')) {
    const message = error instanceof Error ? error.message : ''
    return new OversightError('conflict', `The ledger refused this: ${message}. Load the page again.`, { cause: error })
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new OversightError('conflict', 'The ledger is being written by another process. Try again.', {
      cause: error,
    })
  }
  return error
}
