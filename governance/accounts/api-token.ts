import type { ApiTokensTable } from '../ledger/ledger-schema.ts'
import { type ApiScope, apiScopesSchema, machineScopes, scopesOf } from './api-scopes.ts'
import type { User } from './user.ts'

/** A token as everybody but its bearer may see it. */
export interface ApiToken {
  id: string
  /** Whose rights it carries; null: a machine's own. */
  holderId: string | null
  name: string
  scopes: readonly ApiScope[]
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
  /** To the minute; null: never. */
  lastUsedAt: Date | null
}

export function toApiToken(row: ApiTokensTable & { last_used_at: string | null }): ApiToken {
  return {
    id: row.token_id,
    holderId: row.holder_id,
    name: row.name,
    scopes: apiScopesSchema.parse(JSON.parse(row.scopes)),
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
    lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at),
  }
}

/** The first scope that the holder may not (or no longer) give a token; undefined when all are theirs to give. */
export function scopeBeyond(
  scopes: readonly ApiScope[],
  holder: Pick<User, 'roles' | 'isDisabled'> | null,
): ApiScope | undefined {
  const allowed: readonly ApiScope[] = holder === null ? machineScopes : holder.isDisabled ? [] : scopesOf(holder.roles)
  return scopes.find((scope) => !allowed.includes(scope))
}
