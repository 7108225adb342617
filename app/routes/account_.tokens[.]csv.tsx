import { guarded, tokenMakers } from '../access.server.ts'
import { type TokenView, tokenView } from '../account/token-view.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { listVisibleTokens } from '../visible-tokens.server.ts'

/** One's own tokens, and for admins those of machines, as a file. No secret is in it; none is kept. */
export const loader = guarded(tokenMakers, async ({ user }) => {
  const now = new Date()
  const tokens = (await listVisibleTokens(user)).map((token) => tokenView(token, now))
  return csvResponse(tableCsv(columns, tokens), 'oversight-tokens.csv')
})

const columns = {
  token_id: (row: TokenView) => row.id,
  name: (row) => row.name,
  is_machines: (row) => row.isMachines,
  state: (row) => row.state,
  scopes: (row) => row.scopes.join(';'),
  expires_at: (row) => row.expiresAt,
  last_used_at: (row) => row.lastUsedAt,
} satisfies Parameters<typeof tableCsv<TokenView>>[0]
