import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { load } from '#etl/load.ts'
import { type SampleReport, writeSample } from '#etl/sample/write-sample.ts'
import { findSourceFolder } from '#etl/source-folder.ts'
import type { LoadProgress } from '#etl/sql-step.ts'
import { demonstrationBegins, seedDemonstration } from '#governance/demonstration/seed-demonstration.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { OversightError } from '#models/oversight-error.ts'
import { addMonths, type Month, monthEnd, monthStart } from '#models/reporting-month.ts'
import { createHome, type Home, homeExists, openHome } from '../home.ts'
import { openHomeLedger } from '../open-home-ledger.ts'
import { recordRun } from '../runs/run-log.ts'
import { type DemonstrationReview, demonstrationReviews, holdDemonstrationReview } from './demonstration-history.ts'
import { isFreePlace } from './is-free-place.ts'
import { levelsInForce } from './levels-in-force.ts'
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
    await seedLedger(home, options)
    await loadSample(home, sample, options)
    onProgress({ phase: 'make', what: 'earlier reviews', done: null, total: null })
    const levelsBefore = await levelsInForce(home)
    const reviews = demonstrationReviews(options)
    const toGraduation = reviews.findIndex(({ isGraduation }) => isGraduation) + 1
    await holdReviews(home, reviews.slice(0, toGraduation))
    if ((await levelsInForce(home)).length > levelsBefore.length) {
      // What the AI may do in a month is judged by the level in force then. As a later load it would restate the months.
      rmSync(home.warehouseDirectory, { recursive: true })
      await loadSample(home, sample, options)
    }
    await holdReviews(home, reviews.slice(toGraduation))
    moveInto(making, directory)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
  const moved = sample.files.map((each) => ({ ...each, file: join(directory, 'sample', `${each.entity}.parquet`) }))
  return { home: openHome(directory), sample: { files: moved } }
}

async function seedLedger(home: Home, { until, months }: DemonstrationOptions): Promise<void> {
  const dataFrom = monthStart(addMonths(until, 1 - months), home.reportingTimeZone)
  const { newId } = systemClock()
  const ledger = await openHomeLedger(home, { now: demonstrationBegins(dataFrom), newId })
  try {
    await seedDemonstration(ledger, { isDemonstration: home.isDemonstration, dataFrom, newId })
  } finally {
    await ledger.close()
  }
}

async function loadSample(
  home: Home,
  { files }: SampleReport,
  { until, onProgress }: DemonstrationOptions,
): Promise<void> {
  const report = await load({
    warehouseDirectory: home.warehouseDirectory,
    rejectsDirectory: home.rejectsDirectory,
    reportingTimeZone: home.reportingTimeZone,
    source: findSourceFolder('canonical'),
    files: files.map(({ file }) => file),
    loadedBy: 'oversight sample',
    loadedThrough: monthEnd(until, 'UTC').toISOString(),
    now: new Date(),
    levelsInForce: await levelsInForce(home),
    maximumRejectShare: 0,
    onProgress,
  })
  recordRun(home, { outcome: 'published', ...report })
}

/** What people decided before the newest month, on the numbers of each month. */
async function holdReviews(home: Home, reviews: readonly DemonstrationReview[]): Promise<void> {
  const ledger = await openHomeLedger(home)
  const warehouse = await openCurrentWarehouse(home)
  const { newId } = systemClock()
  try {
    for (const review of reviews) await holdDemonstrationReview({ ledger, warehouse: warehouse.db, review, newId })
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
