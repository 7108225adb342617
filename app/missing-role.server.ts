import { listUsers } from '#governance/accounts/list-users.ts'
import type { Role } from '#governance/accounts/roles.ts'
import type { User } from '#governance/accounts/user.ts'
import { ledger } from './ledger.server.ts'

/** Who may do what somebody may not, and whom to ask for it. `what`: "open this", "do this". */
export async function missingRole(
  allowed: readonly Role[],
  user: Pick<User, 'roles'>,
  what: 'open this' | 'do this',
): Promise<string> {
  const people = await listUsers(await ledger())
  const admins = people
    .filter(({ isDisabled, roles }) => !isDisabled && roles.includes('admin'))
    .map(({ name }) => name)
  const either = new Intl.ListFormat('en', { type: 'disjunction' })
  const who = either.format(allowed.map((role) => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`))
  const ask =
    admins.length === 0
      ? 'Nobody here is an admin: the operator adds one with "oversight user add".'
      : `Ask ${either.format(admins)} for access.`
  return `Only ${who} can ${what}. Your ${user.roles.length === 1 ? 'role' : 'roles'}: ${user.roles.join(', ')}. ${ask}`
}
