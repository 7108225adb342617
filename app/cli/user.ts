import { Command } from 'commander'
import type { Role } from '#governance/accounts/roles.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { OversightError } from '#models/oversight-error.ts'
import { readPassword } from './read-password.ts'
import { withLedger } from './with-ledger.ts'

interface Flags {
  home?: string
  json?: true
  email: string
  name: string
  role: string[]
}

/** People and their accounts, for whoever holds the machine. */
export function userCommand(): Command {
  const user = new Command('user').description('people and their accounts')
  user
    .command('add')
    .description('add a person; the password is asked for, or read from OVERSIGHT_PASSWORD or standard input')
    .requiredOption('--email <address>', 'the address to sign in with')
    .requiredOption('--name <name>', 'the name printed on signatures')
    .requiredOption(
      '--role <role...>',
      'one or more of viewer, analyst, reviewer, approver, operator, auditor, admin (not admin with approver)',
    )
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print the account as JSON')
    .action((flags: Flags) => withLedger(flags.home, (ledger) => add(ledger, flags)))
  user
    .command('train')
    .description('record until when a person is trained to oversee; after that day they approve nothing but reductions')
    .argument('<person>', 'e-mail address, or the name where only one person has it')
    .requiredOption('--until <day>', 'the last day, YYYY-MM-DD')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .action((person: string, flags: { home?: string; until: string }) =>
      withLedger(flags.home, (ledger) => train(ledger, person, flags.until)),
    )
  return user
}

async function train(ledger: Ledger, person: string, trainedUntil: string): Promise<void> {
  const { listUsers } = await import('#governance/accounts/list-users.ts')
  const { recordTraining } = await import('#governance/accounts/training.ts')
  const { systemClock } = await import('#governance/ledger/clock.ts')
  const users = await listUsers(ledger)
  const found = users.filter(({ email, name }) => email === person.trim().toLowerCase() || name === person)
  const [user] = found
  if (user === undefined) throw new OversightError('not_found', `There is no account of ${person}.`)
  if (found.length > 1) {
    throw new OversightError('conflict', `${found.length} people are called ${person}. Give the address.`)
  }
  await recordTraining(ledger, { userId: user.id, trainedUntil, by: 'system' }, systemClock())
  process.stdout.write(`${user.name} is trained until ${trainedUntil}.\n`)
}

async function add(ledger: Ledger, flags: Flags): Promise<void> {
  const { createUser } = await import('#governance/accounts/create-user.ts')
  const { systemClock } = await import('#governance/ledger/clock.ts')
  const password = await readPassword()
  const roles = flags.role.flatMap((role) => role.split(',')) as Role[]
  const user = await createUser(
    ledger,
    { email: flags.email, name: flags.name, roles, password, by: 'system' },
    systemClock(),
  )
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ id: user.id, email: user.email, name: user.name, roles: user.roles })}\n`
      : `Added ${user.name} <${user.email}> as ${user.roles.join(', ')}.\n`,
  )
}
