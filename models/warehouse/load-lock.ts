import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { OversightError } from '../oversight-error.ts'

/** Waited for whoever only looks whether a load is running; a load takes longer. */
const lookMilliseconds = 100

/**
 * Takes the right to publish into a warehouse folder; the answer gives it back. An SQLite file held in an exclusive
 * transaction: the kernel lets go of it when the process dies, however it dies, so no lock is ever stale and none has to
 * be broken. Throws conflict while somebody else has it.
 */
export function takeLoadLock(directory: string): () => void {
  const database = new Database(lockFile(directory), { timeout: lookMilliseconds })
  try {
    database.exec('begin exclusive')
  } catch (cause) {
    database.close()
    if (isBusy(cause)) {
      throw new OversightError(
        'conflict',
        `Another load is writing to ${directory}. Wait until it is done, then try again.`,
        { cause },
      )
    }
    throw cause
  }
  return () => {
    database.close()
  }
}

/** Whether a load, or whatever else publishes, is at work on a warehouse folder. Looks without taking the lock. */
export function isLoadLocked(directory: string): boolean {
  const file = lockFile(directory)
  if (!existsSync(file)) return false
  const database = new Database(file, { readonly: true, timeout: 0 })
  try {
    database.prepare('select count(*) from sqlite_schema').get()
    return false
  } catch (cause) {
    if (isBusy(cause)) return true
    throw cause
  } finally {
    database.close()
  }
}

function lockFile(directory: string): string {
  return join(directory, 'load.lock')
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_BUSY')
}
