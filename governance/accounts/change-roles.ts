import { OversightError } from '#models/oversight-error.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { actAs, type By, getActiveUser } from './acting-user.ts'
import { revokeTokensBeyond } from './revoke-api-token.ts'
import { type Role, rolesSchema } from './roles.ts'
import { endSessionsOf } from './sessions.ts'
import { toUser, type User } from './user.ts'

/**
 * Gives a person other roles; ends their sessions, and the tokens that these roles do not allow. By an admin (not for
 * themselves) or the command line. Throws bad_input (admin together with approver), forbidden, unauthenticated (unknown
 * or disabled person).
 */
export async function changeRoles(
  ledger: Ledger,
  input: { userId: string; roles: readonly Role[]; by: By },
  clock: Clock,
): Promise<User> {
  const roles = parseInput(rolesSchema, input.roles, 'The roles')
  return change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['admin', 'system'], 'change roles')
    if (input.by === input.userId) throw new OversightError('forbidden', 'Nobody changes their own roles.')
    const before = await getActiveUser(db, input.userId)
    const row = await db
      .updateTable('users')
      .set({ roles: JSON.stringify(roles) })
      .where('user_id', '=', input.userId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await endSessionsOf(db, input.userId)
    await recordEvent(
      db,
      clock,
      actor,
      {
        action: 'user-roles-changed',
        object: { type: 'user', id: input.userId },
        data: { before: [...before.roles], after: roles },
      },
      ['users', input.userId],
    )
    const changed = toUser(row)
    await revokeTokensBeyond(db, clock, actor, changed)
    return changed
  })
}
