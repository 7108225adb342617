import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { hasStopped } from '#models/loaded-through.ts'
import { listSourceReaches } from '#models/loads/list-source-reaches.ts'
import { OversightError } from '#models/oversight-error.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { isLoadLocked } from '#models/warehouse/load-lock.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { type Home, homeDirectory, openHome } from '../home.ts'
import { hasLedger, ledgerUrl, openHomeLedger } from '../open-home-ledger.ts'
import { listRuns } from '../runs/run-log.ts'
import { runRemedy } from '../runs/run-remedy.ts'

/** What was looked at, how it is, and what to do where it is not well. */
interface Finding {
  check: string
  state: 'ok' | 'note' | 'failed'
  what: string
  /** What gets out of it; null where nothing has to be done. */
  remedy: string | null
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look a home over: what is wrong, and how to get out of it; exit code 1 when something is')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print the findings as JSON')
    .action(async (flags: { home?: string; json?: true }) => {
      const findings = await examine(homeDirectory(flags.home))
      const marks = { ok: 'ok    ', note: 'note  ', failed: 'FAILED' }
      const lines = findings.flatMap(({ check, state, what, remedy }) => [
        `${marks[state]}  ${check}: ${what}`,
        ...(remedy === null ? [] : [`        ${remedy}`]),
      ])
      process.stdout.write(flags.json ? `${JSON.stringify(findings, null, 2)}\n` : `${lines.join('\n')}\n`)
      if (findings.some(({ state }) => state === 'failed')) process.exitCode = 1
    })
}

/** Looks only; changes nothing. */
async function examine(directory: string): Promise<Finding[]> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const findings: Finding[] = [
    major > 22 || (major === 22 && minor >= 18)
      ? ok('node', process.versions.node)
      : failed('node', `${process.versions.node} is too old`, 'Use Node 22.18 or later; "npm install" brings one.'),
  ]
  let home: Home
  try {
    home = openHome(directory)
  } catch (error) {
    return [
      ...findings,
      failed('home', text(error), 'Give the right folder with --home, or make one with "oversight load".'),
    ]
  }
  findings.push(ok('home', `${home.directory}, months in ${home.reportingTimeZone}`))
  findings.push(examineFolder(home), examineDisk(home))
  findings.push(await examineSnapshot(home), await examineSources(home))
  const lock = examineLock(home)
  findings.push(examineLeftovers(home, lock.state === 'note'), lock)
  findings.push(...(await examineLedger(home)), examineLastRun(home))
  return findings
}

function examineFolder(home: Home): Finding {
  try {
    accessSync(existsSync(home.warehouseDirectory) ? home.warehouseDirectory : home.directory, constants.W_OK)
    return ok('folder', 'can be written')
  } catch (error) {
    return failed('folder', `cannot be written (${text(error)})`, 'Give the user that loads the right to write there.')
  }
}

function examineDisk(home: Home): Finding {
  const { bavail, bsize } = statfsSync(home.directory)
  const free = bavail * bsize
  const snapshot = trySnapshot(home)
  // A load works on a copy of the snapshot and stages what it reads beside it.
  const needed = (snapshot === undefined ? 0 : statSync(snapshot.file).size) * 3 + 100e6
  const what = `${(free / 1e9).toFixed(1)} GB free`
  return free >= needed
    ? ok('disk', what)
    : failed(
        'disk',
        `${what}, a load may need ${(needed / 1e9).toFixed(1)} GB`,
        'Free some, for example with "oversight snapshots prune --keep 3".',
      )
}

async function examineSnapshot(home: Home): Promise<Finding> {
  const pointer = join(home.warehouseDirectory, 'current.json')
  const older =
    'Restore a backup; or point current.json to an older snapshot file in the same folder, then load again what came since.'
  try {
    const snapshot = currentSnapshot(home.warehouseDirectory)
    if (snapshot === undefined) return note('snapshot', 'nothing was published yet', 'Load data with "oversight load".')
    if (!existsSync(snapshot.file))
      return failed('snapshot', `${pointer} names ${snapshot.file}, which is not there`, older)
    const warehouse = await openWarehouse(snapshot.file, { mode: 'read' })
    try {
      const info = await getSnapshotInfo(warehouse.db)
      if (info.snapshotId !== snapshot.id) {
        return failed('snapshot', `${snapshot.file} says it is snapshot ${info.snapshotId}`, older)
      }
      return ok('snapshot', `${snapshot.id}, loaded through ${info.loadedThrough?.toISOString() ?? 'nothing'}`)
    } finally {
      await warehouse.close()
    }
  } catch (error) {
    return failed('snapshot', text(error), older)
  }
}

async function examineSources(home: Home): Promise<Finding> {
  const snapshot = trySnapshot(home)
  if (snapshot === undefined) return ok('sources', 'none yet')
  try {
    const warehouse = await openWarehouse(snapshot.file, { mode: 'read' })
    try {
      const reaches = await listSourceReaches(warehouse.db)
      const stopped = reaches.filter((reach) => hasStopped(reach, new Date()))
      if (stopped.length === 0) {
        return ok('sources', `${reaches.length}, of which ${reaches.filter(({ isLive }) => isLive).length} live`)
      }
      return failed(
        'sources',
        stopped
          .map(({ source, through }) => `live source ${source} stopped delivering at ${through.toISOString()}`)
          .join('; '),
        'Numbers mature no further than that. Load what came since; when nothing will come, load its last files again with --no-live.',
      )
    } finally {
      await warehouse.close()
    }
  } catch (error) {
    return failed('sources', text(error), 'See the finding on the snapshot; a load publishes a new one.')
  }
}

function examineLeftovers(home: Home, isLoading: boolean): Finding {
  if (!existsSync(home.warehouseDirectory)) return ok('leftovers', 'none')
  const left = readdirSync(home.warehouseDirectory).filter((name) => /^(building-|work-|erasing-)/.test(name))
  if (left.length === 0) return ok('leftovers', 'none')
  return isLoading
    ? note('leftovers', `${left.join(', ')} of the load that runs`, 'Leave it alone; it goes with the load.')
    : note(
        'leftovers',
        `${left.join(', ')} of a load that was killed`,
        'What is served is whole. The next load removes it.',
      )
}

function examineLock(home: Home): Finding {
  try {
    return isLoadLocked(home.warehouseDirectory)
      ? note(
          'lock',
          'a load is running',
          'Wait for it. The lock goes with its process, however that ends; never remove the file.',
        )
      : ok('lock', 'free')
  } catch (error) {
    return failed('lock', `load.lock cannot be read (${text(error)})`, 'Give the user that loads the right to it.')
  }
}

async function examineLedger(home: Home): Promise<Finding[]> {
  try {
    if (!hasLedger(home)) return [note('ledger', 'there is none yet', null)]
    const ledger = await openHomeLedger(home)
    try {
      const { store, warnings } = await ledger.describeStore()
      return [
        ok('ledger store', store),
        ...warnings.map((warning) => note('ledger store', warning.what, warning.remedy)),
        ...examineUnusedFile(home),
        await examineTrail(ledger),
      ]
    } finally {
      await ledger.close()
    }
  } catch (error) {
    const remedy =
      process.env.OVERSIGHT_LEDGER_URL !== undefined
        ? 'Check OVERSIGHT_LEDGER_URL and the server it names.'
        : /locked|busy|another process/i.test(text(error))
          ? 'Another program holds the file. Wait until it is done, or end it, then look again.'
          : 'Keep the file as it is and restore a backup.'
    return [failed('ledger', text(error), remedy)]
  }
}

/** A ledger in the home's file is not read while the address of another is set. */
function examineUnusedFile(home: Home): Finding[] {
  if (ledgerUrl() === undefined || !existsSync(home.ledgerFile)) return []
  const what = `${home.ledgerFile} is there too, and not used while OVERSIGHT_LEDGER_URL is set`
  return [note('ledger store', what, 'Unset the variable to go back to it, or archive the file.')]
}

async function examineTrail(ledger: Ledger): Promise<Finding> {
  const report = await verifyTrail(ledger)
  if (report.ok) return ok('ledger', `the audit trail of ${report.size} events holds`)
  const first = report.findings[0]
  return failed(
    'ledger',
    `the audit trail does not hold: ${first?.where}: ${first?.what}`,
    'Keep the ledger as it is and restore a backup; "oversight audit verify" lists every finding.',
  )
}

function examineLastRun(home: Home): Finding {
  const last = listRuns(home, new Date()).at(-1)
  if (last === undefined) return ok('last load', 'none yet')
  const remedy = runRemedy(last)
  if (remedy === null) return ok('last load', `${last.loadId} of ${last.startedAt}`)
  return failed('last load', `${last.startedAt} by ${last.loadedBy}: ${last.error}`, remedy)
}

function trySnapshot(home: Home) {
  try {
    const snapshot = currentSnapshot(home.warehouseDirectory)
    return snapshot !== undefined && existsSync(snapshot.file) ? snapshot : undefined
  } catch {
    return undefined
  }
}

function ok(check: string, what: string): Finding {
  return { check, state: 'ok', what, remedy: null }
}

function note(check: string, what: string, remedy: string | null): Finding {
  return { check, state: 'note', what, remedy }
}

function failed(check: string, what: string, remedy: string): Finding {
  return { check, state: 'failed', what, remedy }
}

function text(error: unknown): string {
  return error instanceof OversightError || error instanceof Error ? error.message : String(error)
}
