import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { systemActor } from '../ledger/system-actor.ts'
import { isPasswordOf } from './password.ts'
import { clearAttempts, takeAttempt } from './throttle.ts'
import { toUser, type User } from './user.ts'

const inputSchema = z.object({
  email: z
    .string()
    .max(254)
    .transform((email) => email.trim().toLowerCase()),
  password: z.string(),
  /** Whether this home holds demonstration data; accounts made for demonstrations are refused elsewhere. */
  allowDemonstration: z.boolean(),
})

/**
 * Signs a person in and records it. Throws unauthenticated with one and the same message whether the address is
 * unknown, the account disabled, a demonstration account, or the password wrong; a pause follows five wrong ones.
 */
export async function authenticate(ledger: Ledger, input: z.input<typeof inputSchema>, clock: Clock): Promise<User> {
  const user = await verifyPassword(ledger, input, clock)
  await change(ledger, (db) =>
    recordEvent(
      db,
      clock,
      { id: user.id, name: user.name, role: user.roles[0] ?? 'viewer' },
      { action: 'signed-in', object: { type: 'user', id: user.id }, data: {} },
    ),
  )
  return user
}

/** The check alone, for signing with the password again. Counts wrong attempts like a sign-in. */
export async function verifyPassword(ledger: Ledger, input: z.input<typeof inputSchema>, clock: Clock): Promise<User> {
  const { email, password, allowDemonstration } = parseInput(inputSchema, input, 'The sign-in')
  const { pauseUntil } = await takeAttempt(ledger, email, clock)
  const row = await ledger.db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
  const matches = await isPasswordOf(row?.password_hash, password)
  const isUsable = row !== undefined && row.is_disabled === 0 && (row.is_demonstration === 0 || allowDemonstration)
  if (row !== undefined && matches && isUsable) {
    await change(ledger, (db) => clearAttempts(db, email))
    return toUser(row)
  }
  if (row !== undefined && pauseUntil !== null) {
    await change(ledger, (db) =>
      recordEvent(db, clock, systemActor, {
        action: 'account-locked',
        object: { type: 'user', id: row.user_id },
        data: { until: pauseUntil.toISOString() },
      }),
    )
  }
  throw new OversightError('unauthenticated', 'The e-mail address or the password is not right.')
}
