import { OversightError } from '#models/oversight-error.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { actAs, type By, getActiveUser } from './acting-user.ts'
import { noteFirstPassword } from './first-password.ts'
import { checkNewPassword, hashPassword } from './password.ts'
import { endSessionsOf } from './sessions.ts'

/**
 * Gives a person who forgot theirs a password for one sign-in, at which they have to set their own; every session ends,
 * and nothing can be signed with it. By an admin, not for themselves, or the command line. Throws bad_input (too weak),
 * forbidden, unauthenticated (unknown or disabled person).
 */
export async function resetPassword(
  ledger: Ledger,
  input: { userId: string; firstPassword: string; by: By },
  clock: Clock,
): Promise<void> {
  checkNewPassword(input.firstPassword, await getActiveUser(ledger.db, input.userId))
  const passwordHash = await hashPassword(input.firstPassword)
  await change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['admin', 'system'], 'reset passwords')
    if (input.by === input.userId) {
      throw new OversightError('forbidden', 'Change your own password on the account page.')
    }
    const { id } = await getActiveUser(db, input.userId)
    await db.updateTable('users').set({ password_hash: passwordHash }).where('user_id', '=', id).execute()
    await noteFirstPassword(db, clock, { userId: id, givenBy: actor.id })
    await endSessionsOf(db, id)
    await recordEvent(db, clock, actor, { action: 'password-reset', object: { type: 'user', id }, data: {} }, [
      'users',
      id,
    ])
  })
}
