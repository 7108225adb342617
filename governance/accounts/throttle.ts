import { OversightError } from '#models/oversight-error.ts'
import { sha256Hex } from '../audit/canonical-json.ts'
import { change, type LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

/** Wrong passwords in a row before the account pauses; then 1 minute, doubling up to 15. */
const freeAttempts = 5
const shortestPauseMinutes = 1
const longestPauseMinutes = 15
const forgetAfterHours = 24

/**
 * Counts an attempt as failed before the password is checked, so that many at once cannot slip through. The same for
 * addresses that do not exist. Throws unauthenticated while the account pauses. Gives the end of the pause that this
 * attempt starts if it fails.
 */
export async function takeAttempt(ledger: Ledger, email: string, clock: Clock): Promise<{ pauseUntil: Date | null }> {
  const account = sha256Hex(email)
  const now = clock.now.toISOString()
  return change(ledger, async (db) => {
    await forgetOld(db, clock)
    const row = await db
      .selectFrom('sign_in_throttles')
      .selectAll()
      .where('account_sha256', '=', account)
      .executeTakeFirst()
    if (row?.locked_until !== null && row?.locked_until !== undefined && row.locked_until > now) {
      throw new OversightError(
        'unauthenticated',
        'Too many wrong passwords for this address. Wait a few minutes, then try again.',
        { details: { lockedUntil: row.locked_until } },
      )
    }
    const failedCount = (row?.failed_count ?? 0) + 1
    const pauseMinutes = Math.min(shortestPauseMinutes * 2 ** (failedCount - freeAttempts), longestPauseMinutes)
    const pauseUntil = failedCount < freeAttempts ? null : new Date(clock.now.getTime() + pauseMinutes * 60_000)
    const values = {
      failed_count: failedCount,
      last_failed_at: now,
      locked_until: pauseUntil === null ? null : pauseUntil.toISOString(),
    }
    await db
      .insertInto('sign_in_throttles')
      .values({ account_sha256: account, ...values })
      .onConflict((conflict) => conflict.column('account_sha256').doUpdateSet(values))
      .execute()
    return { pauseUntil }
  })
}

/** The password was right: the count starts over. */
export async function clearAttempts(db: LedgerTransaction, email: string): Promise<void> {
  await db.deleteFrom('sign_in_throttles').where('account_sha256', '=', sha256Hex(email)).execute()
}

async function forgetOld(db: LedgerTransaction, clock: Clock): Promise<void> {
  const limit = new Date(clock.now.getTime() - forgetAfterHours * 3_600_000).toISOString()
  await db.deleteFrom('sign_in_throttles').where('last_failed_at', '<', limit).execute()
}
