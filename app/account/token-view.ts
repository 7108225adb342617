import type { ApiScope } from '#governance/accounts/api-scopes.ts'
import type { ApiToken } from '#governance/accounts/api-token.ts'

/** A token as its page shows it. */
export interface TokenView {
  id: string
  name: string
  isMachines: boolean
  scopes: readonly ApiScope[]
  expiresAt: Date
  lastUsedAt: Date | null
  state: 'valid' | 'expired' | 'revoked'
}

export function tokenView(token: ApiToken, now: Date): TokenView {
  const { id, name, holderId, scopes, expiresAt, lastUsedAt, revokedAt } = token
  const state = revokedAt !== null ? 'revoked' : expiresAt <= now ? 'expired' : 'valid'
  return { id, name, isMachines: holderId === null, scopes, expiresAt, lastUsedAt, state }
}

export const scopeWords: Readonly<Record<ApiScope, string>> = {
  'audit:read': 'the audit trail',
  'autonomy:read': 'the levels in force',
  'datasets:read': 'datasets, rows of single contacts included',
  'decisions:read': 'decisions, with who signed',
  'metrics:read': 'monthly numbers',
  'reviews:read': 'monthly reviews',
}
