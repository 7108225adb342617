import { Command } from 'commander'
import { type ApiScope, apiScopes } from '#governance/accounts/api-scopes.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { OversightError } from '#models/oversight-error.ts'
import { aboveZero } from './above-zero.ts'
import { withLedger } from './with-ledger.ts'

interface AddFlags {
  home?: string
  json?: true
  name: string
  scope: string[]
  days: number
  for?: string
}

const home = ['--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)'] as const

/** Tokens by which programs read /api/v1, for whoever holds the machine. */
export function tokenCommand(): Command {
  const token = new Command('token').description('tokens by which programs read /api/v1')
  token
    .command('add')
    .description("make a token and print it, this once: a machine's own, or a person's with --for")
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption('--scope <scope...>', `one or more of ${apiScopes.join(', ')}`)
    .option('--for <person>', "e-mail address of the person whose rights it carries (default: a machine's own)")
    .option('--days <number>', 'how long it is valid', aboveZero, 90)
    .option(...home)
    .option('--json', 'print the token as JSON')
    .action((flags: AddFlags) => withLedger(flags.home, (ledger) => add(ledger, flags)))
  token
    .command('list')
    .description('every token ever made: whose, for what, until when, last used')
    .option(...home)
    .option('--json', 'print them as JSON')
    .action((flags: { home?: string; json?: true }) => withLedger(flags.home, (ledger) => list(ledger, flags.json)))
  token
    .command('revoke')
    .description('end a token for good')
    .argument('<id>', 'as "token list" shows it')
    .option(...home)
    .action((id: string, flags: { home?: string }) => withLedger(flags.home, (ledger) => revoke(ledger, id)))
  return token
}

async function add(ledger: Ledger, flags: AddFlags): Promise<void> {
  const { createApiToken } = await import('#governance/accounts/create-api-token.ts')
  const { findUser } = await import('#governance/accounts/find-user.ts')
  const { systemClock } = await import('#governance/ledger/clock.ts')
  const holder = flags.for === undefined ? null : await findUser(ledger, { email: flags.for })
  if (holder === undefined) throw new OversightError('not_found', `There is no account of ${flags.for}.`)
  const scopes = flags.scope.flatMap((scope) => scope.split(',')) as ApiScope[]
  const { token, secret } = await createApiToken(
    ledger,
    { name: flags.name, scopes, validDays: flags.days, holderId: holder?.id ?? null, by: 'system' },
    systemClock(),
  )
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ id: token.id, token: secret, scopes: token.scopes, expiresAt: token.expiresAt })}\n`
      : `${secret}\n`,
  )
  if (!flags.json) {
    process.stderr.write(
      `Token ${token.id}, valid until ${token.expiresAt.toISOString()}. It is shown this once; keep it like a password.\n`,
    )
  }
}

async function list(ledger: Ledger, asJson: true | undefined): Promise<void> {
  const { listApiTokens } = await import('#governance/accounts/list-api-tokens.ts')
  const { listUsers } = await import('#governance/accounts/list-users.ts')
  const tokens = await listApiTokens(ledger)
  const emails = new Map((await listUsers(ledger)).map(({ id, email }) => [id, email]))
  const now = new Date()
  const rows = tokens.map((token) => ({
    ...token,
    holder: token.holderId === null ? null : (emails.get(token.holderId) ?? token.holderId),
    state: token.revokedAt !== null ? 'revoked' : token.expiresAt <= now ? 'expired' : 'valid',
  }))
  if (asJson) {
    process.stdout.write(`${JSON.stringify(rows)}\n`)
    return
  }
  const lines = rows.map(
    ({ id, name, holder, scopes, state, expiresAt, lastUsedAt }) =>
      `${id}  ${state}  ${name} (${holder ?? 'a machine'})  ${scopes.join(' ')}  until ${expiresAt.toISOString().slice(0, 10)}, ${lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.toISOString()}`}`,
  )
  process.stdout.write(lines.length === 0 ? 'There are no tokens.\n' : `${lines.join('\n')}\n`)
}

async function revoke(ledger: Ledger, tokenId: string): Promise<void> {
  const { revokeApiToken } = await import('#governance/accounts/revoke-api-token.ts')
  const { systemClock } = await import('#governance/ledger/clock.ts')
  await revokeApiToken(ledger, { tokenId, by: 'system' }, systemClock())
  process.stdout.write(`Token ${tokenId} is revoked.\n`)
}
