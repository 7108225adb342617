import { Command } from 'commander'
import { OversightError } from '#models/oversight-error.ts'
import { postgresUrl } from '../open-home-ledger.ts'

/** The ledger's database, where it is a PostgreSQL. */
export function ledgerCommand(): Command {
  const ledger = new Command('ledger').description('the database of accounts, decisions and audit trail')
  ledger
    .command('migrate')
    .description(
      'set up or update a ledger on PostgreSQL, as OVERSIGHT_LEDGER_OWNER_URL, for the role of OVERSIGHT_LEDGER_URL',
    )
    .option('--json', 'print what was done as JSON')
    .action(migrate)
  return ledger
}

async function migrate(flags: { json?: true }): Promise<void> {
  const url = postgresUrl('OVERSIGHT_LEDGER_URL')
  if (url === undefined) {
    throw new OversightError(
      'bad_input',
      'OVERSIGHT_LEDGER_URL is not set. A ledger in a file is brought up to date whenever it is opened; for one on PostgreSQL give postgresql://user:password@host:5432/database.',
    )
  }
  const { migratePostgres } = await import('#governance/ledger/migrate-postgres.ts')
  const done = await migratePostgres(postgresUrl('OVERSIGHT_LEDGER_OWNER_URL') ?? url, url)
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(done)}\n`)
    return
  }
  const { applied, location, owner, applicationRole } = done
  process.stdout.write(
    `${location}: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}.\n${
      applicationRole === null
        ? `The role ${owner} owns the ledger and writes it: it could switch the guards off. Name an owner of its own in OVERSIGHT_LEDGER_OWNER_URL.\n`
        : `The role ${applicationRole} reads and adds; the schema belongs to ${owner}.\n`
    }`,
  )
}
