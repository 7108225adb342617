import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { listRecordedChanges } from '#models/change-events/list-recorded-changes.ts'
import { changeEvent } from '#models/contract/change-event.ts'
import { homeDirectory, openHome } from '../home.ts'
import { openCurrentWarehouse } from './open-current-warehouse.ts'
import { runLoad } from './run-load.ts'

interface Flags {
  home?: string
  json?: true
}

interface AddFlags extends Flags {
  kind: string
  at: string
  type?: string
  summary: string
}

const home = ['--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)'] as const

/** Source of the changes that people enter. */
const enteredSource = 'entered'

export function changesCommand(): Command {
  const changes = new Command('changes').description('changes that can explain a break in a series')
  changes
    .command('add')
    .description('enter one by hand: a load of one row, checked like any other, that later snapshots keep')
    .addOption(
      new Option('--kind <kind>', 'what changed').choices(changeEvent.shape.kind.options).makeOptionMandatory(),
    )
    .requiredOption('--at <instant>', 'when it took effect, with offset, for example 2026-10-05T09:00:00Z', tookEffect)
    .requiredOption('--summary <text>', 'what changed, in a few words')
    .option('--type <interaction type>', 'the type concerned (default: all)')
    .option(...home)
    .option('--json', 'print the report of the load as JSON')
    .action(add)
  changes
    .command('list')
    .description('every change, the newest first, with who brought it in')
    .option(...home)
    .option('--json', 'print them as JSON')
    .action(list)
  return changes
}

async function add(flags: AddFlags): Promise<void> {
  // A change explains facts, so there has to be a home; a mistyped folder makes none.
  openHome(homeDirectory(flags.home))
  const { findSourceFolder } = await import('#etl/source-folder.ts')
  const directory = mkdtempSync(join(tmpdir(), 'oversight-change-'))
  try {
    const changeId = randomUUID()
    const file = join(directory, `change_events-${changeId}.ndjson`)
    const row = {
      source: enteredSource,
      change_id: changeId,
      changed_at: flags.at,
      kind: flags.kind,
      summary: flags.summary,
      ...(flags.type === undefined ? {} : { interaction_type: flags.type }),
    }
    writeFileSync(file, `${JSON.stringify(row)}\n`, { mode: 0o600 })
    const report = await runLoad(flags.home, {
      source: findSourceFolder('canonical'),
      files: [file],
      maximumRejectShare: 0,
    })
    process.stdout.write(
      flags.json
        ? `${JSON.stringify(report, null, 2)}\n`
        : `Entered change ${changeId} as load ${report.loadId}; published snapshot ${report.snapshotId}.\n`,
    )
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function list(flags: Flags): Promise<void> {
  const warehouse = await openCurrentWarehouse(openHome(homeDirectory(flags.home)))
  try {
    const changes = await listRecordedChanges(warehouse.db)
    const lines = changes.map(
      ({ changedAt, kind, interactionType, summary, source, loadedBy }) =>
        `${changedAt.toISOString()}  ${kind}  ${interactionType ?? 'all types'}  ${summary ?? ''}  (${source}, by ${loadedBy ?? 'unknown'})`,
    )
    process.stdout.write(
      flags.json ? `${JSON.stringify(changes, null, 2)}\n` : `${lines.join('\n') || 'No change is known.'}\n`,
    )
  } finally {
    await warehouse.close()
  }
}

/** Said here, because the load speaks of refused rows and of options that this command does not have. */
function tookEffect(text: string): string {
  const instant = /^\d{4}-\d\d-\d\d[T ].+(Z|[+-]\d\d(:?\d\d)?)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(instant)) {
    throw new InvalidArgumentError('An instant with offset is expected, such as 2026-10-05T09:00:00Z.')
  }
  if (instant > Date.now() + 24 * 60 * 60 * 1000) {
    throw new InvalidArgumentError('It lies more than a day ahead. Enter a change once it took effect.')
  }
  return text
}
