import { createReadStream, existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { stringify } from 'csv-stringify/sync'
import type { QuarantinedRow } from '#etl/list-quarantine.ts'
import { sourcePlace } from '#etl/source-place.ts'
import { type EntityName, entityNames } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import { homeDirectory, openHome } from '../home.ts'
import { recordValuesSeen } from '../quarantine/values-seen.ts'
import { openCurrentWarehouse } from './open-current-warehouse.ts'
import { formatLoadReport } from './report/format-load-report.ts'
import { runLoad } from './run-load.ts'
import { writeToStandardOutput } from './write-to-standard-output.ts'

interface Flags {
  home?: string
  load?: string
  entity?: EntityName
  rule?: string
  limit?: number
  json?: true
}

const home = ['--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)'] as const
const columns = [
  'loadId',
  'entity',
  'rule',
  'field',
  'sourceFile',
  'sourceRow',
  'sourceLine',
  'state',
  'message',
] as const

/** The rows that loads refused: which, why, and another try for those that wait. */
export function quarantineCommand(): Command {
  const quarantine = new Command('quarantine').description('the rows that loads refused: which, why, and try again')
  filtered(
    quarantine.command('list').description('the refused rows with rule, file, row and field; never their values'),
  )
    .option('--limit <number>', 'at most so many rows', wholeNumber, 100)
    .option('--json', 'print them as JSON')
    .action(list)
  filtered(quarantine.command('export').description('the same as CSV on standard output, all of them')).action(
    exportCsv,
  )
  quarantine
    .command('values')
    .description(
      'the raw values of the rows that one load refused, as NDJSON; for those who may see them, 90 days long; who asked is written down',
    )
    .argument('<load>', 'number of the load, as "quarantine list" shows it')
    .option(...home)
    .action(values)
  quarantine
    .command('retry')
    .description('try the rows again that wait for their interaction, and publish; every load does so as well')
    .option(...home)
    .option('--json', 'print the report as JSON')
    .action(retry)
  return quarantine
}

function filtered(command: Command): Command {
  return command
    .option(...home)
    .option('--load <load>', 'only of this load')
    .addOption(new Option('--entity <entity>', 'only of this entity').choices(entityNames))
    .option('--rule <rule>', 'only what this rule refused')
}

async function list(flags: Flags): Promise<void> {
  const { rows, total } = await read(flags)
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ total, rows }, null, 2)}\n`)
    return
  }
  const lines = rows.map(
    (row) => `${row.loadId}  ${row.entity}  ${sourcePlace(row)}  ${row.rule} (${row.state}): ${row.message}`,
  )
  const rest =
    total > rows.length
      ? [`and ${(total - rows.length).toLocaleString('en-US')} more; see --limit, --load, --rule`]
      : []
  process.stdout.write(total === 0 ? `${nothing(flags)}\n` : `${[...lines, ...rest].join('\n')}\n`)
}

/** A filter that fits nothing is no proof that nothing was refused. */
function nothing({ load, entity, rule }: Flags): string {
  const filters = Object.entries({ load, entity, rule }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${value}`],
  )
  if (filters.length === 0) return 'No load that was published refused a row.'
  return `No refused row fits ${filters.join(' ')}. A load that was not published is not listed; "oversight quarantine values <load>" shows its rows.`
}

async function exportCsv(flags: Flags): Promise<void> {
  const { rows } = await read(flags)
  process.stdout.write(stringify(rows, { header: true, columns: [...columns], escape_formulas: true }))
}

async function values(load: string, flags: Flags): Promise<void> {
  if (!/^[\w-]+$/.test(load)) throw new OversightError('bad_input', `${load} is no number of a load.`)
  const opened = openHome(homeDirectory(flags.home))
  const file = join(opened.rejectsDirectory, `${load}.ndjson`)
  if (!existsSync(file)) {
    throw new OversightError(
      'not_found',
      `There are no values of load ${load}: it refused nothing, or over 90 days ago.`,
    )
  }
  recordValuesSeen(opened, { seenAt: new Date().toISOString(), seenBy: userInfo().username, loadId: load })
  await writeToStandardOutput(createReadStream(file))
}

async function retry(flags: Flags): Promise<void> {
  // Nothing can wait where nothing was loaded: no home is made here.
  openHome(homeDirectory(flags.home))
  const { waitingRowsOnly } = await import('#etl/load.ts')
  const report = await runLoad(flags.home, { source: waitingRowsOnly, files: [] })
  process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : formatLoadReport(report))
}

async function read(flags: Flags): Promise<{ rows: QuarantinedRow[]; total: number }> {
  const { listQuarantine } = await import('#etl/list-quarantine.ts')
  const warehouse = await openCurrentWarehouse(openHome(homeDirectory(flags.home)))
  try {
    return await listQuarantine(warehouse, flags)
  } finally {
    await warehouse.close()
  }
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('A whole number above 0 is expected.')
  return value
}
