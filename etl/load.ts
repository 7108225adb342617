import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { EntityName } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { openWarehouse, type Warehouse } from '#models/warehouse/open-warehouse.ts'
import { type BuildingSnapshot, startSnapshot } from '#models/warehouse/snapshots.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import { defaultMemoryLimit } from './default-memory-limit.ts'
import { findRepeatedLoad, settingsSha256 } from './find-repeated-load.ts'
import { finishSnapshot } from './finish-snapshot.ts'
import type { LoadReport } from './load-report.ts'
import { declarationOf, loadRows } from './load-rows.ts'
import { defaultReadLimits, type ReadLimits } from './read/input-file.ts'
import type { PostgresAccess } from './read/postgres-session.ts'
import { detachPostgresRelations, readPostgresRelations } from './read/read-postgres-relations.ts'
import { prepareFiles } from './read-files.ts'
import { recordLoad } from './record-load.ts'
import type { MappingLimits } from './run-mapping.ts'
import { isReadFromPostgresOnly, type SourceFolder } from './source-folder.ts'
import { lastEventsOfLoad, overrunWarnings, recordReach } from './source-reach.ts'
import type { LoadProgress } from './sql-step.ts'
import { storageError } from './storage-error.ts'
import { lastWatermark, recordRelations } from './watermarks.ts'
import { writeAnew } from './write-anew.ts'

export interface LoadOptions {
  warehouseDirectory: string
  rejectsDirectory: string
  reportingTimeZone: string
  source: SourceFolder
  /** None where the source reads from PostgreSQL only. */
  files: readonly string[]
  /** Where the PostgreSQL of the source is; by default where PGHOST and so on say. */
  postgres?: PostgresAccess
  /** Leaves the watermarks aside and reads every row. */
  isFull?: boolean
  /** Who loads, for the record. */
  loadedBy: string
  now: Date
  levelsInForce: readonly LevelsInForceTable[]
  /** Share of refused rows (0..1) of any entity over which nothing is published. */
  maximumRejectShare?: number
  /** The same for single entities, which overrides it. */
  maximumRejectShares?: Partial<Record<EntityName, number>>
  /** Under which customers are hashed; needed by sources whose customer identifiers are personal. */
  pseudonymKey?: Buffer
  /** Until where this load is complete, a day or an instant, instead of what its source says. */
  loadedThrough?: string
  /** Whether maturity waits for the source from now on, instead of what its source.json says. */
  isLive?: boolean
  limits?: Partial<ReadLimits>
  mappingLimits?: Partial<MappingLimits>
  /** Of the engine, as DuckDB writes it, for example 4GB; by default `defaultMemoryLimit`. */
  memoryLimit?: string
  threads?: number
  onProgress?: (progress: LoadProgress) => void
}

/** A source without files: its load only tries the rows again that wait for their interaction. */
export const waitingRowsOnly: SourceFolder = {
  name: 'waiting-rows',
  description: 'Rows of earlier loads that wait for their interaction.',
  customerIds: 'opaque',
  directory: '',
  files: [],
  ignore: [],
  live: false,
  mappings: [],
}

/**
 * Loads files into a copy of the current warehouse, builds the models, runs the audits and publishes a new snapshot.
 * All or nothing: whatever throws, readers keep the snapshot they have.
 * Throws bad_input (naming file and line) for malformed files, load_refused for too many refused rows or a failed
 * audit, conflict while another load runs, not_found for missing files.
 */
export async function load(options: LoadOptions): Promise<LoadReport> {
  try {
    return await loadFiles(options)
  } catch (error) {
    throw storageError(error, options.warehouseDirectory) ?? error
  }
}

async function loadFiles(options: LoadOptions): Promise<LoadReport> {
  if (options.files.length === 0 && options.source !== waitingRowsOnly && !isReadFromPostgresOnly(options.source))
    throw new OversightError('bad_input', 'Name at least one file to load.')
  const building = await startSnapshot(options.warehouseDirectory, () =>
    options.onProgress?.({ phase: 'prepare', what: 'the next snapshot', done: null, total: null }),
  )
  // Under the lock nobody else works here, so every other work folder was left behind by a killed load.
  for (const name of readdirSync(options.warehouseDirectory)) {
    if (name.startsWith('work-')) rmSync(join(options.warehouseDirectory, name), { recursive: true, force: true })
  }
  const workDirectory = join(options.warehouseDirectory, `work-${building.id}-${process.pid}`)
  mkdirSync(workDirectory, { mode: 0o700 })
  try {
    const warehouse = await openWarehouse(building.file, {
      mode: 'write',
      memoryLimit: memoryLimitOf(options, building.file),
      ...(options.threads === undefined ? {} : { threads: options.threads }),
    })
    try {
      await createSchema(warehouse)
      return await loadInto(warehouse, building, options, workDirectory)
    } finally {
      await warehouse.close()
    }
  } finally {
    rmSync(workDirectory, { recursive: true, force: true })
    building.release()
  }
}

async function loadInto(
  warehouse: Warehouse,
  building: BuildingSnapshot,
  options: LoadOptions,
  workDirectory: string,
): Promise<LoadReport> {
  const begunAt = performance.now()
  const { source, now } = options
  const onProgress = options.onProgress ?? (() => {})
  const limits = { ...defaultReadLimits, ...options.limits }
  const loadId = `${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(4).toString('hex')}`

  const { prepared, warnings: leftOut } =
    options.files.length === 0
      ? { prepared: [], warnings: [] }
      : await prepareFiles(source, options.files, workDirectory, limits, onProgress)
  const settings = settingsSha256(source, options.pseudonymKey)
  const relations = await readPostgresRelations(
    warehouse.connection(),
    source,
    workDirectory,
    options.postgres,
    async (sourceFile, { watermark }) =>
      options.isFull === true
        ? null
        : lastWatermark(warehouse, source, settings, { sourceFile, column: watermark?.column }),
    onProgress,
  )
  const inputs = [...prepared.map(({ input }) => input), ...relations]
  const repeated = inputs.length === 0 ? undefined : await findRepeatedLoad(warehouse, settings, inputs)
  const { entities, warnings, rejectsFile, lastEvents, declaration, isToWriteAnew } =
    repeated === undefined
      ? await loadRows(warehouse, options, { loadId, workDirectory, prepared, relations, limits, onProgress })
      : {
          entities: repeated.entities,
          warnings: [],
          rejectsFile: null,
          lastEvents: await lastEventsOfLoad(warehouse, repeated.loadId),
          declaration: await declarationOf(warehouse, options, repeated.loadId),
          isToWriteAnew: false,
        }
  await detachPostgresRelations(warehouse.connection())

  const finishedAt = new Date(Math.max(now.getTime(), Date.now()))
  await recordLoad(warehouse, options, { loadId, finishedAt, inputs, entities })
  await recordRelations(warehouse, loadId, relations)
  await recordReach(warehouse, loadId, lastEvents, declaration)
  await warehouse.db
    .insertInto('load_runs')
    .values({
      load_id: loadId,
      snapshot_id: building.id,
      settings_sha256: settings,
      repeated_load_id: repeated?.loadId ?? null,
    })
    .execute()
  const { snapshot, restatedCount, reach, modelSeconds } = await finishSnapshot(
    building,
    warehouse,
    {
      ...options,
      beforePublish: (built) =>
        isToWriteAnew
          ? writeAnew(built, join(workDirectory, 'anew.duckdb'), {
              memoryLimit: memoryLimitOf(options, building.file),
              threads: options.threads,
            })
          : built,
    },
    loadId,
    onProgress,
  )
  const totalSeconds = (performance.now() - begunAt) / 1000
  return {
    loadId,
    source: source.name,
    snapshotId: snapshot.id,
    loadedBy: options.loadedBy,
    startedAt: now.toISOString(),
    finishedAt: new Date(now.getTime() + Math.round(totalSeconds * 1000)).toISOString(),
    seconds: { total: totalSeconds, facts: totalSeconds - modelSeconds, models: modelSeconds },
    repeatedLoadId: repeated?.loadId ?? null,
    files: inputs.map(({ sourceFile, byteCount, sha256 }) => ({ sourceFile, byteCount, sha256 })),
    relations: relations.map(({ files, sourceFile, rowCount, watermark }) => ({
      relation: files.relation,
      sourceFile,
      rowCount,
      watermark,
    })),
    entities,
    restatedCount,
    reach,
    warnings: [...leftOut, ...warnings, ...declaration.warnings, ...overrunWarnings(lastEvents, declaration)],
    rejectsFile,
  }
}

function memoryLimitOf({ memoryLimit, files }: LoadOptions, buildingFile: string): string {
  return memoryLimit ?? defaultMemoryLimit(files, buildingFile)
}
