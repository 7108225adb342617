import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { plainText } from '../audit/plain-text.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { systemActor } from '../ledger/system-actor.ts'
import { actAs, type By } from './acting-user.ts'
import { noteFirstPassword } from './first-password.ts'
import { checkNewPassword, hashPassword } from './password.ts'
import { rolesSchema } from './roles.ts'
import { toUser, type User } from './user.ts'

const inputSchema = z.object({
  email: z
    .email('Not an e-mail address.')
    .max(254)
    .transform((email) => email.toLowerCase()),
  name: plainText(120, 1),
  roles: rolesSchema,
  password: z.string(),
  /** Accepted at sign-in only where the home is a demonstration. */
  isDemonstration: z.boolean().default(false),
})

/**
 * Adds a person. By an admin, whose password for them has to be changed at the first sign-in, or the command line.
 * Throws bad_input, conflict when the address is taken, forbidden.
 */
export async function createUser(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: By },
  clock: Clock,
): Promise<User> {
  const { email, name, roles, password, isDemonstration } = parseInput(inputSchema, input, 'The new account')
  checkNewPassword(password, { email, name })
  const passwordHash = await hashPassword(password)
  return change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['admin', 'system'], 'add people')
    const taken = await db.selectFrom('users').select('user_id').where('email', '=', email).executeTakeFirst()
    if (taken !== undefined) throw new OversightError('conflict', `There is an account for ${email} already.`)
    const userId = clock.newId()
    const row = await db
      .insertInto('users')
      .values({
        user_id: userId,
        email,
        name,
        roles: JSON.stringify(roles),
        password_hash: passwordHash,
        is_demonstration: isDemonstration ? 1 : 0,
        is_disabled: 0,
        created_at: clock.now.toISOString(),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    if (actor.id !== systemActor.id) await noteFirstPassword(db, clock, { userId, givenBy: actor.id })
    await recordEvent(
      db,
      clock,
      actor,
      { action: 'user-created', object: { type: 'user', id: userId }, data: { name, roles, isDemonstration } },
      ['users', userId],
    )
    return toUser(row)
  })
}
