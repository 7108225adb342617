import { OversightError } from '#models/oversight-error.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { getActiveUser } from './acting-user.ts'
import { verifyPassword } from './authenticate.ts'
import { hasFirstPassword } from './first-password.ts'
import type { User } from './user.ts'

/**
 * Re-authentication at the moment of signing (21 CFR 11.200): the signed-in person gives the password again. Throws
 * unauthenticated when it is wrong, forbidden when somebody else chose it: who else knows a password can sign with it.
 * The roles are read again inside the signing transaction.
 */
export async function reauthenticate(
  ledger: Ledger,
  input: { by: string; password: string },
  clock: Clock,
  { acceptsFirstPassword = false }: { acceptsFirstPassword?: boolean } = {},
): Promise<User> {
  const user = await getActiveUser(ledger.db, input.by)
  if (!acceptsFirstPassword && (await hasFirstPassword(ledger.db, user.id))) {
    throw new OversightError('forbidden', 'An admin chose your password. Set your own on the account page, then sign.')
  }
  try {
    // Whoever holds a session was let in by this home already.
    return await verifyPassword(
      ledger,
      { email: user.email, password: input.password, allowDemonstration: true },
      clock,
    )
  } catch (error) {
    if (error instanceof OversightError && error.details.lockedUntil === undefined) {
      throw new OversightError('unauthenticated', 'The password is not right, so nothing was signed. Try again.', {
        cause: error,
      })
    }
    throw error
  }
}
