import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { parseTimeZone } from '#models/reporting-month.ts'

const homeConfig = z.object({
  version: z.literal(1),
  /** IANA name; months, days and everything shown are in this zone. Changing it is a definition change. */
  reportingTimeZone: z.string(),
  /** Demonstration accounts are accepted only where this is true. */
  isDemonstration: z.boolean(),
})

/** The folder in which one installation keeps everything: warehouse snapshots, ledger, keys, rejects. */
export interface Home {
  directory: string
  reportingTimeZone: string
  isDemonstration: boolean
  /** Immutable snapshots and the pointer to the current one. */
  warehouseDirectory: string
  ledgerFile: string
  /** Signing keys, 0700. Never inside the ledger. */
  keysDirectory: string
  /** Raw rejected rows, 0600, one file per load. */
  rejectsDirectory: string
}

/** Default ./data, else OVERSIGHT_HOME, else the flag. */
export function homeDirectory(flag: string | undefined): string {
  // What an unset variable of a script leaves; the current folder would become the home.
  if (flag?.trim() === '') throw new OversightError('bad_input', 'The folder given with --home has an empty name.')
  return resolve(flag ?? process.env.OVERSIGHT_HOME ?? 'data')
}

export function homeExists(directory: string): boolean {
  return existsSync(join(directory, 'home.json'))
}

/** Makes the folder and its configuration. Throws conflict when there is one already. */
export function createHome(
  directory: string,
  options: { reportingTimeZone?: string; isDemonstration?: boolean } = {},
): Home {
  if (homeExists(directory)) {
    throw new OversightError(
      'conflict',
      `${directory} is an Oversight home already. Use another folder or load into it.`,
    )
  }
  const config = {
    version: 1 as const,
    reportingTimeZone: parseTimeZone(options.reportingTimeZone ?? 'UTC'),
    isDemonstration: options.isDemonstration ?? false,
  }
  try {
    // On a disk that is mounted read-only mkdir says that the parent is missing; this says what it really is.
    accessSync(nearestExisting(directory), constants.W_OK)
    makeFirstMissing(directory)
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    writeFileSync(join(directory, 'home.json'), `${JSON.stringify(config, null, 2)}\n`, { flag: 'wx' })
  } catch (cause) {
    throw unusable(directory, 'cannot be made an Oversight home', cause)
  }
  return openHome(directory)
}

/** Opens a home. Throws not_found or bad_input with what to do. */
export function openHome(directory: string): Home {
  const file = join(directory, 'home.json')
  try {
    statSync(file)
  } catch (cause) {
    // Another user's home is one all the same.
    if (cause instanceof Error && 'code' in cause && cause.code === 'EACCES') {
      throw unusable(file, 'cannot be read as a home configuration', cause)
    }
  }
  if (!existsSync(file)) {
    throw new OversightError(
      'not_found',
      `${directory} is no Oversight home (home.json is missing). Load something with "oversight load", make demonstration data with "oversight sample", or name another folder with --home.`,
    )
  }
  let config: unknown
  try {
    config = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw unusable(file, 'cannot be read as a home configuration', cause)
  }
  const parsed = homeConfig.safeParse(config)
  if (!parsed.success) {
    throw new OversightError('bad_input', `${file} is not a valid home configuration: ${z.prettifyError(parsed.error)}`)
  }
  const home: Home = {
    directory,
    reportingTimeZone: parseTimeZone(parsed.data.reportingTimeZone),
    isDemonstration: parsed.data.isDemonstration,
    warehouseDirectory: join(directory, 'warehouse'),
    ledgerFile: join(directory, 'ledger.sqlite'),
    keysDirectory: join(directory, 'keys'),
    rejectsDirectory: join(directory, 'rejects'),
  }
  try {
    mkdirSync(home.warehouseDirectory, { recursive: true })
    for (const directory of [home.keysDirectory, home.rejectsDirectory]) {
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      if ((statSync(directory).mode & 0o777) !== 0o700) chmodSync(directory, 0o700)
    }
  } catch (cause) {
    throw unusable(directory, 'cannot be used as an Oversight home', cause)
  }
  return home
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path))
}

/** Where nothing can be made though it looks writable, as in /proc, making a folder with its parents never ends. */
function makeFirstMissing(directory: string): void {
  const parent = nearestExisting(directory)
  if (parent === directory) return
  const [first = ''] = relative(parent, directory).split(sep)
  try {
    mkdirSync(join(parent, first), { mode: 0o700 })
  } catch (cause) {
    // Made meanwhile by a command that runs beside this one.
    if (!existsSync(join(parent, first))) throw cause
  }
}

function unusable(path: string, what: string, cause: unknown): OversightError {
  const reason = cause instanceof Error ? cause.message : cause
  return new OversightError(
    'bad_input',
    `${path} ${what}: ${reason}. Mend that, or name another folder with --home or OVERSIGHT_HOME.`,
    { cause },
  )
}

export function openOrCreateHome(directory: string): Home {
  return homeExists(directory) ? openHome(directory) : createHome(directory)
}
