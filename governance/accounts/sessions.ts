import { randomBytes } from 'node:crypto'
import { sha256Hex } from '../audit/canonical-json.ts'
import { change, type LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { getActiveUser } from './acting-user.ts'
import { toUser, type User } from './user.ts'

export const idleMinutes = 30
export const absoluteHours = 12
/** The last-seen time is written at most this often, so that reading pages does not keep the ledger busy. */
const touchSeconds = 60

export interface Session {
  user: User
  /** Somebody else chose the password: nothing but setting another one is open to this session. */
  mustChangePassword: boolean
  createdAt: Date
  /** The session ends then, whatever happens; earlier after 30 idle minutes. */
  expiresAt: Date
}

/**
 * Starts a session and gives its token (256 random bits, for the cookie); only its hash is stored. A token that the
 * browser brought along is ended (`replaces`): a sign-in always changes the id.
 */
export async function createSession(
  ledger: Ledger,
  input: { userId: string; replaces?: string | undefined },
  clock: Clock,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(clock.now.getTime() + absoluteHours * 3_600_000)
  await change(ledger, async (db) => {
    await getActiveUser(db, input.userId)
    if (input.replaces !== undefined) await remove(db, input.replaces)
    await db.deleteFrom('sessions').where('expires_at', '<=', clock.now.toISOString()).execute()
    await db
      .insertInto('sessions')
      .values({
        token_sha256: sha256Hex(token),
        user_id: input.userId,
        created_at: clock.now.toISOString(),
        last_seen_at: clock.now.toISOString(),
        expires_at: expiresAt.toISOString(),
      })
      .execute()
  })
  return { token, expiresAt }
}

/** The session of a token; undefined when unknown, idle for 30 minutes, 12 hours old, or its person disabled. */
export async function findSession(ledger: Ledger, token: string, clock: Clock): Promise<Session | undefined> {
  const tokenSha256 = sha256Hex(token)
  const row = await ledger.db
    .selectFrom('sessions')
    .innerJoin('users', 'users.user_id', 'sessions.user_id')
    .leftJoin('first_passwords', 'first_passwords.user_id', 'sessions.user_id')
    .selectAll('users')
    .select([
      'first_passwords.given_at as first_password_at',
      'sessions.created_at as started_at',
      'sessions.last_seen_at',
      'sessions.expires_at',
    ])
    .where('token_sha256', '=', tokenSha256)
    .executeTakeFirst()
  if (row === undefined || row.is_disabled === 1) return undefined
  const now = clock.now.getTime()
  const lastSeen = Date.parse(row.last_seen_at)
  if (now >= Date.parse(row.expires_at) || now - lastSeen >= idleMinutes * 60_000) {
    await endSession(ledger, token)
    return undefined
  }
  if (now - lastSeen >= touchSeconds * 1000) {
    await ledger.db
      .updateTable('sessions')
      .set({ last_seen_at: clock.now.toISOString() })
      .where('token_sha256', '=', tokenSha256)
      .execute()
  }
  return {
    user: toUser(row),
    mustChangePassword: row.first_password_at !== null,
    createdAt: new Date(row.started_at),
    expiresAt: new Date(row.expires_at),
  }
}

/** Signs out. Unknown tokens are fine. */
export async function endSession(ledger: Ledger, token: string): Promise<void> {
  await change(ledger, (db) => remove(db, token))
}

/** Ends every session of a person: after a change of roles or password, or when disabled. */
export async function endSessionsOf(db: LedgerTransaction, userId: string): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', userId).execute()
}

/** Another sign-in of one's own, as its owner may see it. */
export interface OpenSession {
  /** Names it in a form; no token can be made from it. */
  id: string
  isCurrent: boolean
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
}

/** The sessions of the token's person that are still good, the most recently used first. */
export async function listOwnSessions(ledger: Ledger, token: string, clock: Clock): Promise<OpenSession[]> {
  const current = sha256Hex(token)
  const idleSince = new Date(clock.now.getTime() - idleMinutes * 60_000).toISOString()
  const rows = await ledger.db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', (own) =>
      own.selectFrom('sessions as mine').select('mine.user_id').where('mine.token_sha256', '=', current),
    )
    .where('expires_at', '>', clock.now.toISOString())
    .where('last_seen_at', '>', idleSince)
    .orderBy('last_seen_at', 'desc')
    .orderBy('token_sha256')
    .execute()
  return rows.map((row) => ({
    id: row.token_sha256,
    isCurrent: row.token_sha256 === current,
    createdAt: new Date(row.created_at),
    lastSeenAt: new Date(row.last_seen_at),
    expiresAt: new Date(row.expires_at),
  }))
}

/** Ends all sessions of the token's person but its own. Gives how many. */
export async function endOtherSessions(ledger: Ledger, token: string): Promise<number> {
  const current = sha256Hex(token)
  return change(ledger, async (db) => {
    const mine = await db
      .selectFrom('sessions')
      .select('user_id')
      .where('token_sha256', '=', current)
      .executeTakeFirst()
    if (mine === undefined) return 0
    const { numDeletedRows } = await db
      .deleteFrom('sessions')
      .where('user_id', '=', mine.user_id)
      .where('token_sha256', '<>', current)
      .executeTakeFirst()
    return Number(numDeletedRows)
  })
}

async function remove(db: LedgerTransaction, token: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_sha256', '=', sha256Hex(token)).execute()
}
