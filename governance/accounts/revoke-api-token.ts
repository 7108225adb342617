import { OversightError } from '#models/oversight-error.ts'
import type { Actor } from '../audit/audit-event.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change, type LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { systemActor } from '../ledger/system-actor.ts'
import { actAs, type By, getActiveUser } from './acting-user.ts'
import { scopeBeyond, toApiToken } from './api-token.ts'
import type { User } from './user.ts'

/**
 * Ends a token for good; the next request with it is refused. By its holder, an admin or the command line. Throws
 * not_found (also for a token of somebody else), conflict when it was revoked already.
 */
export async function revokeApiToken(
  ledger: Pick<Ledger, 'db'>,
  { tokenId, by }: { tokenId: string; by: By },
  clock: Clock,
): Promise<void> {
  await change(ledger, async (db) => {
    const row = await db.selectFrom('api_tokens').selectAll().where('token_id', '=', tokenId).executeTakeFirst()
    const actor = await enderOf(db, by, row?.holder_id ?? null)
    if (row === undefined || actor === undefined) throw new OversightError('not_found', 'There is no such token.')
    if (row.revoked_at !== null) throw new OversightError('conflict', 'This token was revoked already.')
    await revoke(db, clock, actor, row, 'asked')
  })
}

/** Revokes what the person's roles no longer allow, all when disabled; in the transaction that changed the account. */
export async function revokeTokensBeyond(
  db: LedgerTransaction,
  clock: Clock,
  actor: Actor,
  holder: User,
): Promise<void> {
  const rows = await db
    .selectFrom('api_tokens')
    .selectAll()
    .where('holder_id', '=', holder.id)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('token_id')
    .execute()
  for (const row of rows) {
    const { scopes } = toApiToken({ ...row, last_used_at: null })
    if (scopeBeyond(scopes, holder) === undefined) continue
    await revoke(db, clock, actor, row, holder.isDisabled ? 'account_disabled' : 'role_lost')
  }
}

async function enderOf(db: LedgerTransaction, by: By, holderId: string | null): Promise<Actor | undefined> {
  if (by === systemActor.id) return systemActor
  const user = await getActiveUser(db, by)
  if (user.roles.includes('admin')) return actAs(db, by, ['admin'], 'revoke tokens')
  return holderId === by ? { id: user.id, name: user.name, role: user.roles[0] ?? 'viewer' } : undefined
}

async function revoke(
  db: LedgerTransaction,
  clock: Clock,
  actor: Actor,
  { token_id, holder_id }: { token_id: string; holder_id: string | null },
  reason: 'asked' | 'account_disabled' | 'role_lost',
): Promise<void> {
  await db
    .updateTable('api_tokens')
    .set({ revoked_at: clock.now.toISOString(), revoked_by: actor.id })
    .where('token_id', '=', token_id)
    .execute()
  await recordEvent(
    db,
    clock,
    actor,
    { action: 'api-token-revoked', object: { type: 'api_token', id: token_id }, data: { holderId: holder_id, reason } },
    ['api_tokens', token_id],
  )
}
