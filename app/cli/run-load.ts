import { existsSync, readdirSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { LoadOptions } from '#etl/load.ts'
import type { LoadReport } from '#etl/load-report.ts'
import { type Home, homeDirectory, homeExists, openOrCreateHome } from '../home.ts'
import { recordRun } from '../runs/run-log.ts'
import { followPublishOf } from './follow-publish.ts'
import { levelsInForce } from './levels-in-force.ts'
import { pseudonymKey, rememberPseudonymKey } from './pseudonym-key.ts'
import { createProgressLine } from './report/progress-line.ts'
import { tellOfLoad } from './tell-of-load.ts'

/**
 * One load into a home, with progress on standard error and a line in the log of runs however it ends. Once published,
 * governance follows: trip-wires, and the evidence of open reviews.
 */
export async function runLoad(
  flag: string | undefined,
  what: Pick<LoadOptions, 'source' | 'files'> & Partial<LoadOptions>,
): Promise<LoadReport> {
  const [{ load }, { hasErased }] = await Promise.all([import('#etl/load.ts'), import('#etl/erased-customers.ts')])
  const directory = homeDirectory(flag)
  const [isNewHome, isNewFolder] = [!homeExists(directory), !existsSync(directory)]
  const home = openOrCreateHome(directory)
  const startedAt = new Date()
  const progress = createProgressLine()
  const loadedBy = userInfo().username
  const run = {
    source: what.source.name,
    loadedBy,
    startedAt: startedAt.toISOString(),
    files: [...what.files, ...(await postgresNames(what))],
  }
  const telling = tellOfLoad(home, run)
  let report: LoadReport
  let key: Buffer | undefined
  try {
    const hashesCustomers = what.source.customerIds === 'personal' || hasErased(home.warehouseDirectory)
    key = hashesCustomers ? pseudonymKey(home) : undefined
    report = await load({
      warehouseDirectory: home.warehouseDirectory,
      rejectsDirectory: home.rejectsDirectory,
      reportingTimeZone: home.reportingTimeZone,
      loadedBy,
      now: startedAt,
      levelsInForce: await levelsInForce(home),
      ...(key === undefined ? {} : { pseudonymKey: key }),
      onProgress: (step) => {
        progress.update(step)
        telling.update(step)
      },
      ...what,
    })
    recordRun(home, { outcome: 'published', ...report })
    telling.end()
  } catch (error) {
    recordRun(home, {
      ...run,
      outcome: 'failed',
      seconds: { total: (Date.now() - startedAt.getTime()) / 1000 },
      files: run.files.map((file) => ({ sourceFile: file })),
      error,
    })
    telling.end()
    if (isNewHome) removeUnusedHome(home, isNewFolder)
    throw error
  } finally {
    progress.stop()
  }
  // Only a key under which something is published is the home's; and the load stands, should this fail.
  if (key !== undefined) rememberPseudonymKey(home, key)
  await followPublishOrTell(home, report)
  return report
}

/**
 * The load stands whatever happens here: its snapshot is published. Exit code 1 tells that something is left to do.
 */
async function followPublishOrTell(home: Home, { loadId, snapshotId }: LoadReport): Promise<void> {
  try {
    await followPublishOf(home)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(
      `oversight: Load ${loadId} is published as snapshot ${snapshotId}, but trip-wires and the evidence of open reviews were not checked: ${message} Mend that, then run "oversight review tick".\n`,
    )
    process.exitCode = 1
  }
}

/** What a failed load would have read from PostgreSQL, as reports name it; the server itself may be out of reach. */
async function postgresNames({ source, postgres }: Pick<LoadOptions, 'source' | 'postgres'>): Promise<string[]> {
  const relations = source.postgres?.relations ?? []
  if (relations.length === 0 || postgres === undefined) return []
  const { postgresOrigin } = await import('#etl/read/postgres-session.ts')
  let origin: string
  try {
    origin = postgresOrigin(postgres)
  } catch {
    origin = 'postgresql'
  }
  return relations.map(({ relation }) => `${origin}#${relation}`)
}

/**
 * Takes back a home that this run made and nothing was loaded into. It stays when another run works in it, or when it
 * holds the refused rows that the message names.
 */
function removeUnusedHome(home: Home, isNewFolder: boolean): void {
  const isUsed = readdirSync(home.warehouseDirectory).some((name) => name !== 'runs.ndjson' && name !== 'load.lock')
  if (isUsed || readdirSync(home.rejectsDirectory).length > 0) return
  if (isNewFolder) {
    rmSync(home.directory, { recursive: true })
    return
  }
  const made = [home.warehouseDirectory, home.rejectsDirectory, home.keysDirectory, join(home.directory, 'home.json')]
  const ledger = ['', '-wal', '-shm'].map((ending) => `${home.ledgerFile}${ending}`)
  for (const path of [...made, ...ledger]) rmSync(path, { recursive: true, force: true })
}
