import { Command, InvalidArgumentError } from 'commander'
import type { LoadReport } from '#etl/load-report.ts'
import type { SourceFolder } from '#etl/source-folder.ts'
import { entityNames } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import { completeThrough } from '#models/reporting-month.ts'
import { aboveZero } from './above-zero.ts'
import { allowedFolders, checkAllowedFolders } from './allowed-folders.ts'
import { postgresAccess } from './postgres-access.ts'
import { formatLoadReport } from './report/format-load-report.ts'
import { runLoad } from './run-load.ts'
import { watchFolder } from './watch-folder.ts'

interface LoadFlags {
  home?: string
  sources?: string
  allow?: string[]
  maxRejectPercent: number
  maxEntityRejectPercent?: Record<string, number>
  loadedThrough?: string
  live?: boolean
  maxFileBytes?: number
  memory?: string
  mappingMinutes?: number
  mappingGigabytes?: number
  watch?: string
  postgresUrlEnv?: string
  full?: true
  json?: true
}

export function loadCommand(): Command {
  return new Command('load')
    .description('load files into the warehouse and publish a new snapshot; all or nothing')
    .argument('<source>', 'kind of files, for example canonical or tau2-bench')
    .argument('[files...]', 'files of that source, plain or packed (.gz, .zst), folders of them, or quoted patterns')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--sources <directory>', 'folder with sources of your own')
    .option('--max-reject-percent <number>', 'refuse the load when more rows of an entity are quarantined', percent, 5)
    .option(
      '--max-entity-reject-percent <entity=number>',
      'the same for one entity, for example qa_reviews=1; may be given more than once',
      entityPercent,
    )
    .option(
      '--allow <directory>',
      'read files only below this folder (also OVERSIGHT_ALLOWED_FOLDERS); repeatable',
      collect,
    )
    .option(
      '--loaded-through <time>',
      'the source is complete through this day or instant, instead of what it says',
      through,
    )
    .option('--live', 'the source keeps delivering: numbers mature no further than it reaches')
    .option('--no-live', 'it does not, whatever its source.json says')
    .option(
      '--postgres-url-env <name>',
      'environment variable with the connection string of PostgreSQL (default: the one in source.json, else PGHOST and so on)',
    )
    .option('--full', 'read every row from PostgreSQL, not only those since the last watermark')
    .option('--watch <directory>', 'keep running and load what arrives in this folder')
    .option('--max-file-bytes <number>', 'largest file accepted, unpacked', bytes)
    .option(
      '--memory <size>',
      'memory limit of the engine, for example 4GB (default: by size, 1.1GB to 3GB)',
      memorySize,
    )
    .option('--mapping-minutes <number>', 'end a mapping that runs longer (default: 30)', aboveZero)
    .option('--mapping-gigabytes <number>', 'end a mapping that writes more (default: 64)', aboveZero)
    .option('--json', 'print the report as JSON')
    .action(async (source: string, files: string[], flags: LoadFlags, command: Command) => {
      if (flags.watch !== undefined && flags.loadedThrough !== undefined) {
        throw new OversightError(
          'bad_input',
          'What arrives in a watched folder is complete through no fixed time: leave --loaded-through out.',
        )
      }
      const folder = await findSource(source, flags, command)
      const { isReadFromPostgresOnly } = await import('#etl/source-folder.ts')
      checkFiles(folder.name, isReadFromPostgresOnly(folder), files, flags)
      if (flags.watch === undefined) return print(await loadOnce(folder, files, flags), flags)
      await watchFolder(flags.watch, async (arrived) => print(await loadOnce(folder, arrived, flags), flags))
    })
}

function checkFiles(source: string, isReadFromPostgresOnly: boolean, files: readonly string[], flags: LoadFlags): void {
  const isWatching = flags.watch !== undefined
  if (files.includes('')) throw new OversightError('bad_input', 'One of the files to load has an empty name.')
  if (isReadFromPostgresOnly) {
    if (files.length === 0 && !isWatching) return
    throw new OversightError('bad_input', `Source ${source} reads from PostgreSQL only: name no files.`)
  }
  if (isWatching === (files.length === 0)) return
  throw new OversightError('bad_input', 'Name the files to load, or a folder with --watch; not both, not neither.')
}

/** A source that is not there is wrong usage; one that cannot be used is a failure. */
async function findSource(name: string, flags: LoadFlags, command: Command): Promise<SourceFolder> {
  // Imported here so that the other commands start without it.
  const { findSourceFolder } = await import('#etl/source-folder.ts')
  try {
    return findSourceFolder(name, flags.sources === undefined ? [] : [flags.sources])
  } catch (error) {
    if (error instanceof OversightError && error.code === 'not_found') return command.error(`error: ${error.message}`)
    throw error
  }
}

async function loadOnce(source: SourceFolder, given: readonly string[], flags: LoadFlags): Promise<LoadReport> {
  const { findInputFiles } = await import('#etl/read/find-input-files.ts')
  const { files, warnings } = await findInputFiles(source, given)
  checkAllowedFolders(files, allowedFolders(flags.allow))
  const postgres = postgresAccess(source, flags.postgresUrlEnv)
  const report = await runLoad(flags.home, {
    source,
    files,
    ...(postgres === undefined ? {} : { postgres }),
    isFull: flags.full === true,
    maximumRejectShare: flags.maxRejectPercent / 100,
    maximumRejectShares: Object.fromEntries(
      Object.entries(flags.maxEntityRejectPercent ?? {}).map(([entity, each]) => [entity, each / 100]),
    ),
    ...(flags.loadedThrough === undefined ? {} : { loadedThrough: flags.loadedThrough }),
    ...(flags.live === undefined ? {} : { isLive: flags.live }),
    ...(flags.maxFileBytes === undefined ? {} : { limits: { maximumBytes: flags.maxFileBytes } }),
    mappingLimits: {
      ...(flags.mappingMinutes === undefined ? {} : { minutes: flags.mappingMinutes }),
      ...(flags.mappingGigabytes === undefined ? {} : { bytes: flags.mappingGigabytes * 1e9 }),
    },
    ...(flags.memory === undefined ? {} : { memoryLimit: flags.memory }),
  })
  return { ...report, warnings: [...warnings, ...report.warnings] }
}

function print(report: LoadReport, flags: LoadFlags): void {
  process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : formatLoadReport(report))
}

function percent(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 100)) {
    throw new InvalidArgumentError('A number from 0 to 100 is expected.')
  }
  return value
}

function through(text: string): string {
  if (completeThrough(text, 'UTC') === null) {
    throw new InvalidArgumentError('A day such as 2026-10-31 or an instant such as 2026-10-31T18:00:00Z is expected.')
  }
  return text
}

function bytes(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('A whole number of bytes is expected.')
  return value
}

/** The engine takes a size without a unit, or below 0, for no limit at all. */
function memorySize(text: string): string {
  if (!/^\d+(\.\d+)? ?[KMGT]i?B$/i.test(text) || Number.parseFloat(text) === 0) {
    throw new InvalidArgumentError('A size with its unit is expected, such as 512MB or 4GB.')
  }
  return text
}

function entityPercent(text: string, previous: Record<string, number> = {}): Record<string, number> {
  const [entity = '', value = ''] = text.split('=')
  if (!(entityNames as string[]).includes(entity)) {
    throw new InvalidArgumentError(
      `An entity and a number are expected, such as qa_reviews=1. Entities: ${entityNames.join(', ')}.`,
    )
  }
  return { ...previous, [entity]: percent(value) }
}

function collect(text: string, previous: string[] = []): string[] {
  return [...previous, text]
}
