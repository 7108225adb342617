import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import type { Actor } from '../audit/audit-event.ts'
import { sha256Hex } from '../audit/canonical-json.ts'
import { plainText } from '../audit/plain-text.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change, type LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { systemActor } from '../ledger/system-actor.ts'
import { actAs, type By, getActiveUser } from './acting-user.ts'
import { apiScopesSchema, machineScopes } from './api-scopes.ts'
import { type ApiToken, scopeBeyond, toApiToken } from './api-token.ts'
import type { User } from './user.ts'

/** Known by its beginning to scanners that look for secrets in code. */
const tokenPrefix = 'ovs_'

const longestTokenDays = 366

const inputSchema = z.object({
  name: plainText(80, 1),
  scopes: apiScopesSchema,
  validDays: z
    .int('A whole number of days.')
    .min(1, 'At least one day.')
    .max(longestTokenDays, `At most ${longestTokenDays} days.`),
  /** null: a machine's own, such as the AI platform's. */
  holderId: z.string().min(1).nullable(),
})

/**
 * Makes a token (256 random bits) and gives it this once; only its hash is stored. A person makes their own, within what
 * their roles may read; an admin makes those of machines; the command line makes both. Throws forbidden, bad_input,
 * conflict when the holder has a live token of this name.
 */
export async function createApiToken(
  ledger: Pick<Ledger, 'db'>,
  input: z.input<typeof inputSchema> & { by: By },
  clock: Clock,
): Promise<{ token: ApiToken; secret: string }> {
  const { name, scopes, validDays, holderId } = parseInput(inputSchema, input, 'The token')
  const secret = `${tokenPrefix}${randomBytes(32).toString('base64url')}`
  const now = clock.now.toISOString()
  const expiresAt = new Date(clock.now.getTime() + validDays * 86_400_000).toISOString()
  return change(ledger, async (db) => {
    const holder = holderId === null ? null : await getActiveUser(db, holderId)
    const actor = await makerOf(db, input.by, holder)
    const beyond = scopeBeyond(scopes, holder)
    if (beyond !== undefined) {
      throw new OversightError(
        'forbidden',
        holder === null
          ? `A machine's token may read ${machineScopes.join(' and ')}, not ${beyond}. Make one of a person's.`
          : `The roles of ${holder.name} do not allow a token for ${beyond}.`,
      )
    }
    await refuseSecondOfName(db, holderId, name, now)
    const row = await db
      .insertInto('api_tokens')
      .values({
        token_id: clock.newId(),
        token_sha256: sha256Hex(secret),
        holder_id: holderId,
        name,
        scopes: JSON.stringify(scopes),
        created_at: now,
        created_by: actor.id,
        expires_at: expiresAt,
        revoked_at: null,
        revoked_by: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await recordEvent(
      db,
      clock,
      actor,
      {
        action: 'api-token-created',
        object: { type: 'api_token', id: row.token_id },
        data: { holderId, scopes, expiresAt },
      },
      ['api_tokens', row.token_id],
    )
    return { token: toApiToken({ ...row, last_used_at: null }), secret }
  })
}

async function makerOf(db: LedgerTransaction, by: By, holder: User | null): Promise<Actor> {
  if (by === systemActor.id) return systemActor
  if (holder === null) return actAs(db, by, ['admin'], 'make tokens of machines')
  if (holder.id !== by) throw new OversightError('forbidden', "Nobody makes another person's token.")
  return { id: holder.id, name: holder.name, role: holder.roles[0] ?? 'viewer' }
}

/** Two of one name could not be told apart when one has to go; a form sent twice makes one token. */
async function refuseSecondOfName(
  db: LedgerTransaction,
  holderId: string | null,
  name: string,
  now: string,
): Promise<void> {
  const taken = await db
    .selectFrom('api_tokens')
    .select('token_id')
    .where('holder_id', holderId === null ? 'is' : '=', holderId)
    .where('name', '=', name)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (taken !== undefined) {
    throw new OversightError('conflict', `There is a token "${name}" already. Revoke it first, or choose another name.`)
  }
}
