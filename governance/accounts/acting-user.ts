import type { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import type { Actor } from '../audit/audit-event.ts'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import { systemActor } from '../ledger/system-actor.ts'
import type { Role } from './roles.ts'
import { toUser, type User } from './user.ts'

/** Id of a user, or 'system' for the program and the command line of the machine. */
export type By = string

/** The person as they stand now. Throws unauthenticated when unknown or disabled. */
export async function getActiveUser(db: Kysely<LedgerSchema>, userId: string): Promise<User> {
  const row = await db.selectFrom('users').selectAll().where('user_id', '=', userId).executeTakeFirst()
  if (row === undefined || row.is_disabled === 1) {
    throw new OversightError('unauthenticated', 'This account cannot be used (any more). Sign in again.')
  }
  return toUser(row)
}

/**
 * The actor for the trail, with the first of the allowed roles that the person holds. Throws forbidden, naming the
 * roles that may. `system` may do everything that names it.
 */
export async function actAs(
  db: Kysely<LedgerSchema>,
  by: By,
  allowed: readonly (Role | 'system')[],
  what: string,
): Promise<Actor> {
  const names = allowed.filter((role) => role !== 'system').join(', ')
  if (by === systemActor.id) {
    if (allowed.includes('system')) return systemActor
    throw new OversightError('forbidden', `A person has to ${what}.`)
  }
  const user = await getActiveUser(db, by)
  const role = allowed.find((candidate) => candidate !== 'system' && user.roles.includes(candidate))
  if (role === undefined) {
    throw new OversightError('forbidden', `To ${what} needs one of these roles: ${names}. Ask an admin.`)
  }
  return { id: user.id, name: user.name, role }
}
