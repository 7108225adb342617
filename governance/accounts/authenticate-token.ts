import { OversightError } from '#models/oversight-error.ts'
import { sha256Hex } from '../audit/canonical-json.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { type ApiToken, scopeBeyond, toApiToken } from './api-token.ts'
import { findUser } from './find-user.ts'
import type { User } from './user.ts'

/** The last use is written at most this often, so that polling does not keep the ledger busy. */
const touchSeconds = 60

/** Who asks by a token. */
export interface TokenBearer {
  token: ApiToken
  /** null: a machine. */
  holder: User | null
}

/**
 * The bearer of a token, as token and account stand now. Throws unauthenticated when it is unknown, expired or revoked,
 * or when its holder is disabled, lost the role, or is a demonstration account where those are not accepted.
 */
export async function authenticateToken(
  ledger: Pick<Ledger, 'db'>,
  { secret, allowDemonstration }: { secret: string; allowDemonstration: boolean },
  clock: Clock,
): Promise<TokenBearer> {
  const row = await ledger.db
    .selectFrom('api_tokens')
    .leftJoin('api_token_uses', 'api_token_uses.token_id', 'api_tokens.token_id')
    .selectAll('api_tokens')
    .select('api_token_uses.last_used_at')
    .where('token_sha256', '=', sha256Hex(secret))
    .executeTakeFirst()
  if (row === undefined) throw refused('There is no such token.')
  const token = toApiToken(row)
  if (token.revokedAt !== null) throw refused('This token was revoked.')
  if (token.expiresAt <= clock.now) throw refused('This token has expired.')
  const holder = token.holderId === null ? null : ((await findUser(ledger, { id: token.holderId })) ?? null)
  // Revoked in the same transaction as the account changed; looked at again for what reached the database another way.
  if (scopeBeyond(token.scopes, holder) !== undefined) throw refused('The account of this token may not read this.')
  if (holder?.isDemonstration === true && !allowDemonstration) throw refused('There is no such token.')
  await touch(ledger, token, clock)
  return { token, holder }
}

async function touch(ledger: Pick<Ledger, 'db'>, token: ApiToken, clock: Clock): Promise<void> {
  const { lastUsedAt } = token
  if (lastUsedAt !== null && clock.now.getTime() - lastUsedAt.getTime() < touchSeconds * 1000) return
  const used = { last_used_at: clock.now.toISOString() }
  await ledger.db
    .insertInto('api_token_uses')
    .values({ token_id: token.id, ...used })
    .onConflict((conflict) => conflict.column('token_id').doUpdateSet(used))
    .execute()
}

function refused(why: string): OversightError {
  return new OversightError('unauthenticated', `${why} Make a new one on your account page, or ask an admin.`)
}
