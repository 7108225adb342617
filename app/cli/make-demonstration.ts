import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { load } from '#etl/load.ts'
import { type SampleReport, writeSample } from '#etl/sample/write-sample.ts'
import { findSourceFolder } from '#etl/source-folder.ts'
import type { LoadProgress } from '#etl/sql-step.ts'
import { demonstrationBegins, seedDemonstration } from '#governance/demonstration/seed-demonstration.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { OversightError } from '#models/oversight-error.ts'
import { addMonths, type Month, monthStart } from '#models/reporting-month.ts'
import { createHome, type Home, homeExists, openHome } from '../home.ts'
import { openHomeLedger } from '../open-home-ledger.ts'
import { recordRun } from '../runs/run-log.ts'
import { makeDemonstrationHistory } from './demonstration-history.ts'
import { isFreePlace } from './is-free-place.ts'
import { openCurrentWarehouse } from './open-current-warehouse.ts'

export interface DemonstrationOptions {
  directory: string
  seed: number
  until: Month
  months: number
  interactions: number
  onProgress: (progress: LoadProgress) => void
}

/**
 * Makes a home of demonstration data: sample files, seeded ledger, loaded warehouse. It is built beside its place and
 * renamed at the end, so a killed run leaves no half home. Throws conflict when something is there already.
 */
export async function makeDemonstration(options: DemonstrationOptions): Promise<{ home: Home; sample: SampleReport }> {
  const { directory, onProgress } = options
  if (!isFreePlace(directory)) {
    throw new OversightError(
      'conflict',
      homeExists(directory)
        ? `${directory} is an Oversight home already. Give another --home for the demonstration, or remove that folder.`
        : `${directory} is not empty. Give another folder with --home.`,
    )
  }
  mkdirSync(dirname(directory), { recursive: true })
  removeLeftovers(directory)
  const making = `${makingPrefix(directory)}${process.pid}`
  let sample: SampleReport
  try {
    const home = createHome(making, { reportingTimeZone: 'UTC', isDemonstration: true })
    sample = await writeSample({
      ...options,
      directory: join(making, 'sample'),
      onProgress: ({ entity }) => onProgress({ phase: 'make', what: entity, done: null, total: null }),
    })
    onProgress({ phase: 'make', what: 'accounts, registry and levels', done: null, total: null })
    const levelsInForce = await seedLedger(home, options)
    const report = await load({
      warehouseDirectory: home.warehouseDirectory,
      rejectsDirectory: home.rejectsDirectory,
      reportingTimeZone: home.reportingTimeZone,
      source: findSourceFolder('canonical'),
      files: sample.files.map(({ file }) => file),
      loadedBy: 'oversight sample',
      now: new Date(),
      levelsInForce,
      maximumRejectShare: 0,
      onProgress,
    })
    recordRun(home, { outcome: 'published', ...report })
    onProgress({ phase: 'make', what: 'earlier reviews', done: null, total: null })
    await holdReviews(home, options)
    moveInto(making, directory)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
  const moved = sample.files.map((each) => ({ ...each, file: join(directory, 'sample', `${each.entity}.parquet`) }))
  return { home: openHome(directory), sample: { files: moved } }
}

async function seedLedger(home: Home, { until, months }: DemonstrationOptions) {
  const dataFrom = monthStart(addMonths(until, 1 - months), home.reportingTimeZone)
  const { newId } = systemClock()
  const ledger = await openHomeLedger(home, { now: demonstrationBegins(dataFrom), newId })
  try {
    await seedDemonstration(ledger, { isDemonstration: home.isDemonstration, dataFrom, newId })
    return await listLevelsInForce(ledger)
  } finally {
    await ledger.close()
  }
}

/** What people decided before the newest month, on the numbers of each month. */
async function holdReviews(home: Home, { until, months }: DemonstrationOptions): Promise<void> {
  const ledger = await openHomeLedger(home)
  const warehouse = await openCurrentWarehouse(home)
  try {
    await makeDemonstrationHistory({ ledger, warehouse: warehouse.db, until, months, newId: systemClock().newId })
  } finally {
    await warehouse.close()
    await ledger.close()
  }
}

function makingPrefix(directory: string): string {
  return join(dirname(directory), `.${basename(directory)}-making-`)
}

/** Half-made homes of runs that were killed. */
function removeLeftovers(directory: string): void {
  const prefix = basename(makingPrefix(directory))
  for (const name of readdirSync(dirname(directory))) {
    if (!name.startsWith(prefix) || isRunning(Number(name.slice(prefix.length)))) continue
    rmSync(join(dirname(directory), name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function moveInto(making: string, directory: string): void {
  try {
    renameSync(making, directory)
  } catch (cause) {
    throw new OversightError('conflict', `${directory} was filled meanwhile by another run. Use it, or name another.`, {
      cause,
    })
  }
}
