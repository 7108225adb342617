import type { Ledger } from '../ledger/open-ledger.ts'
import { type ApiToken, toApiToken } from './api-token.ts'

/** Tokens ever made, newest first: of one person, of machines (null), or all. */
export async function listApiTokens(
  ledger: Pick<Ledger, 'db'>,
  filter: { holderId?: string | null } = {},
): Promise<ApiToken[]> {
  let query = ledger.db
    .selectFrom('api_tokens')
    .leftJoin('api_token_uses', 'api_token_uses.token_id', 'api_tokens.token_id')
    .selectAll('api_tokens')
    .select('api_token_uses.last_used_at')
  const { holderId } = filter
  if (holderId !== undefined) query = query.where('holder_id', holderId === null ? 'is' : '=', holderId)
  const rows = await query.orderBy('created_at', 'desc').orderBy('api_tokens.token_id').execute()
  return rows.map(toApiToken)
}
