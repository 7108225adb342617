import { OversightError } from '#models/oversight-error.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { getActiveUser } from './acting-user.ts'
import { forgetFirstPassword } from './first-password.ts'
import { checkNewPassword, hashPassword } from './password.ts'
import { reauthenticate } from './reauthenticate.ts'
import { endSessionsOf } from './sessions.ts'

/**
 * A person sets a new password, giving the present one; every session ends. Throws unauthenticated (wrong present
 * password), bad_input (new one too weak, or the present one again).
 */
export async function changePassword(
  ledger: Ledger,
  input: { by: string; password: string; newPassword: string },
  clock: Clock,
): Promise<void> {
  const user = await reauthenticate(ledger, input, clock, { acceptsFirstPassword: true })
  if (input.newPassword === input.password) {
    throw new OversightError('bad_input', 'This is the present password. Choose another one.')
  }
  checkNewPassword(input.newPassword, user)
  const passwordHash = await hashPassword(input.newPassword)
  await change(ledger, async (db) => {
    const { id, name, roles } = await getActiveUser(db, input.by)
    await db.updateTable('users').set({ password_hash: passwordHash }).where('user_id', '=', id).execute()
    await forgetFirstPassword(db, id)
    await endSessionsOf(db, id)
    await recordEvent(
      db,
      clock,
      { id, name, role: roles[0] ?? 'viewer' },
      { action: 'password-changed', object: { type: 'user', id }, data: {} },
      ['users', id],
    )
  })
}
