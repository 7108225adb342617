import type { ApiToken } from '#governance/accounts/api-token.ts'
import { listApiTokens } from '#governance/accounts/list-api-tokens.ts'
import type { User } from '#governance/accounts/user.ts'
import { ledger } from './ledger.server.ts'

/** The person's own tokens, and those of machines where they are an admin; each newest first. */
export async function listVisibleTokens(user: Pick<User, 'id' | 'roles'>): Promise<ApiToken[]> {
  const open = await ledger()
  const own = await listApiTokens(open, { holderId: user.id })
  const machines = user.roles.includes('admin') ? await listApiTokens(open, { holderId: null }) : []
  return [...own, ...machines]
}
