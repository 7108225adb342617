import { OversightError } from '#models/oversight-error.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { actAs, type By } from './acting-user.ts'
import { revokeTokensBeyond } from './revoke-api-token.ts'
import { endSessionsOf } from './sessions.ts'
import { toUser, type User } from './user.ts'

/**
 * Closes an account (or opens it again) and ends its sessions, and for good its tokens; what the person signed stays. By
 * an admin, not for themselves, or the command line. Throws not_found, forbidden.
 */
export async function setUserDisabled(
  ledger: Ledger,
  input: { userId: string; isDisabled: boolean; by: By },
  clock: Clock,
): Promise<User> {
  const { userId, isDisabled } = input
  return change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['admin', 'system'], 'close accounts')
    if (input.by === userId) throw new OversightError('forbidden', 'Nobody closes their own account.')
    const row = await db
      .updateTable('users')
      .set({ is_disabled: isDisabled ? 1 : 0 })
      .where('user_id', '=', userId)
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) throw new OversightError('not_found', 'There is no such account.')
    await endSessionsOf(db, userId)
    await recordEvent(
      db,
      clock,
      actor,
      { action: isDisabled ? 'user-disabled' : 'user-enabled', object: { type: 'user', id: userId }, data: {} },
      ['users', userId],
    )
    const changed = toUser(row)
    await revokeTokensBeyond(db, clock, actor, changed)
    return changed
  })
}
