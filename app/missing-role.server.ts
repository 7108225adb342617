import { listUsers } from '#governance/accounts/list-users.ts'
import type { Role } from '#governance/accounts/roles.ts'
import type { User } from '#governance/accounts/user.ts'
import { roleMeanings } from './admin/role-meanings.ts'
import { ledger } from './ledger.server.ts'

/** What somebody lacks for a page, what each of the roles is for, and who can give one. */
export async function missingRole(allowed: readonly Role[], user: Pick<User, 'roles'>): Promise<string> {
  const people = await listUsers(await ledger())
  const admins = people
    .filter(({ isDisabled, roles }) => !isDisabled && roles.includes('admin'))
    .map(({ name }) => name)
  const wanted = allowed.map((role) => `${role} (${roleMeanings[role]})`).join(', ')
  const who =
    admins.length === 0
      ? 'Nobody here is an admin: the operator adds one with "oversight user add".'
      : `${new Intl.ListFormat('en', { type: 'disjunction' }).format(admins)} can give you ${allowed.length === 1 ? 'it' : 'one'}.`
  return `This needs ${allowed.length === 1 ? 'this role' : 'one of these roles'}: ${wanted}. You are ${user.roles.join(', ')}. ${who}`
}
