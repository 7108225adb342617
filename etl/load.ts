import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type EntityName, entityNames } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { openWarehouse, type Warehouse } from '#models/warehouse/open-warehouse.ts'
import { type BuildingSnapshot, startSnapshot } from '#models/warehouse/snapshots.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import { addErased, listErased } from './erased-customers.ts'
import { findRepeatedLoad, settingsSha256 } from './find-repeated-load.ts'
import { findRowByRowMappings } from './find-row-by-row-mappings.ts'
import { finishSnapshot } from './finish-snapshot.ts'
import type { EntityReport, LoadReport } from './load-report.ts'
import { adoptStage, mergeEntity } from './merge-entity.ts'
import { openStaging } from './open-staging.ts'
import { preparePseudonyms } from './pseudonym.ts'
import { collectRefused, recordRefused, writeRejects } from './quarantine.ts'
import { createPostgresViews } from './read/create-postgres-views.ts'
import { defaultReadLimits, type LoadInput, type ReadLimits, refuseChangedFile } from './read/input-file.ts'
import type { PostgresAccess } from './read/postgres-session.ts'
import {
  detachPostgresRelations,
  type ReadPostgresRelation,
  readPostgresRelations,
} from './read/read-postgres-relations.ts'
import { type PreparedFile, prepareFiles, readRelations } from './read-files.ts'
import { erasedRule, listRefusedContacts, prepareErased, refuseErased } from './refuse-erased.ts'
import { scanPersonalData } from './scan-personal-data.ts'
import { isReadFromPostgresOnly, relationNames, type SourceFolder } from './source-folder.ts'
import {
  collectLastEvents,
  type Declaration,
  type LastEvents,
  lastEventsOfLoad,
  overrunWarnings,
  readDeclaration,
  recordReach,
} from './source-reach.ts'
import { countOf, type LoadProgress } from './sql-step.ts'
import { type Stage, stageEntity, stageNothing } from './stage-entity.ts'
import { storageError } from './storage-error.ts'
import { lastWatermark, recordRelations } from './watermarks.ts'

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
  /** Of the engine, as DuckDB writes it, for example 4GB. */
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
  const building = await startSnapshot(options.warehouseDirectory)
  // Under the lock nobody else works here, so every other work folder was left behind by a killed load.
  for (const name of readdirSync(options.warehouseDirectory)) {
    if (name.startsWith('work-')) rmSync(join(options.warehouseDirectory, name), { recursive: true, force: true })
  }
  const workDirectory = join(options.warehouseDirectory, `work-${building.id}-${process.pid}`)
  mkdirSync(workDirectory, { mode: 0o700 })
  try {
    const warehouse = await openWarehouse(building.file, {
      mode: 'write',
      ...(options.memoryLimit === undefined ? {} : { memoryLimit: options.memoryLimit }),
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
  const { entities, warnings, rejectsFile, lastEvents, declaration } =
    repeated === undefined
      ? await loadRows(warehouse, options, { loadId, workDirectory, prepared, relations, limits, onProgress })
      : {
          entities: repeated.entities,
          warnings: [],
          rejectsFile: null,
          lastEvents: await lastEventsOfLoad(warehouse, repeated.loadId),
          declaration: await declarationOf(warehouse, options, repeated.loadId),
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
    options,
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

/** Reads, checks and merges the rows of every entity. Throws load_refused when too many are refused. */
async function loadRows(
  warehouse: Warehouse,
  options: LoadOptions,
  load: {
    loadId: string
    workDirectory: string
    prepared: readonly PreparedFile[]
    relations: readonly ReadPostgresRelation[]
    limits: ReadLimits
    onProgress: (progress: LoadProgress) => void
  },
): Promise<
  Pick<LoadReport, 'entities' | 'warnings' | 'rejectsFile'> & { lastEvents: LastEvents; declaration: Declaration }
> {
  const { source, now } = options
  const { loadId, onProgress } = load
  const connection = warehouse.connection()
  const main = await openStaging(warehouse, load.workDirectory, load.prepared)
  const isHashingCustomers = source.customerIds === 'personal'
  const erased = listErased(options.warehouseDirectory)
  const isScreening = erased.length > 0
  if (isHashingCustomers || isScreening) {
    if (options.pseudonymKey === undefined) {
      throw new OversightError(
        'bad_input',
        isHashingCustomers
          ? `Source ${source.name} has personal customer identifiers; a key is needed to hash them.`
          : 'Customers were erased; the key is needed to keep them from coming back.',
      )
    }
    await preparePseudonyms(connection, options.pseudonymKey)
  }
  if (isScreening) await prepareErased(connection, erased)
  const rowByRow = await findRowByRowMappings(connection, source)
  const { warnings, deferred } = await readRelations(
    connection,
    source,
    load.prepared,
    load.limits,
    onProgress,
    new Set(rowByRow.values()),
  )
  const views = await createPostgresViews(connection, load.relations, load.prepared.length)
  const declaration = await declarationOf(warehouse, options)
  const lastEvents: LastEvents = new Map()
  const entities: LoadReport['entities'] = {}
  for (const entity of entityNames) {
    const report = await loadEntity(
      warehouse,
      main,
      source,
      entity,
      { loadId, now, isHashingCustomers, isScreening, lastEvents, deferred: deferred.get(rowByRow.get(entity) ?? '') },
      onProgress,
    )
    if (entity === 'interactions' || report.read > 0 || report.retried > 0) entities[entity] = report
  }
  const inputs = [...load.prepared.map(({ input }) => input), ...load.relations]
  // Since the last watermark there may well be nothing new.
  const isIncremental = load.relations.some(({ watermark }) => watermark !== null && watermark.from !== null)
  if (Object.values(entities).every(({ read }) => read === 0) && inputs.length > 0 && !isIncremental) {
    const names = inputs.map(({ sourceFile }) => sourceFile).join(', ')
    throw new OversightError(
      'bad_input',
      `There is no row in ${names}, so nothing was published. Load files with rows.`,
    )
  }
  const refused = entityNames.filter((entity) => (entities[entity]?.quarantined ?? 0) > 0)
  for (const { input } of load.prepared) refuseChangedFile(input)
  const rejectsFile =
    refused.length === 0 ? null : await writeRejects(connection, refused, options.rejectsDirectory, loadId, now)
  refuseTooManyRejects(entities, options, rejectsFile)
  if (isScreening) await addErased(options.warehouseDirectory, await listRefusedContacts(connection))
  for (const entity of refused) await recordRefused(connection, main, entity, loadId)
  await connection.run(`USE ${main}`)
  await connection.run('DETACH staging')
  return { entities, warnings: [...warnings, ...views.warnings], rejectsFile, lastEvents, declaration }
}

function declarationOf(warehouse: Warehouse, options: LoadOptions, repeatedLoadId?: string): Promise<Declaration> {
  return readDeclaration(warehouse.connection(), options.source, {
    now: options.now,
    reportingTimeZone: options.reportingTimeZone,
    isLive: options.isLive,
    through: options.loadedThrough,
    repeatedLoadId,
  })
}

async function loadEntity(
  warehouse: Warehouse,
  main: string,
  source: SourceFolder,
  entity: EntityName,
  load: {
    loadId: string
    now: Date
    isHashingCustomers: boolean
    isScreening: boolean
    lastEvents: LastEvents
    deferred: (() => Promise<void>) | undefined
  },
  onProgress: (progress: LoadProgress) => void,
): Promise<EntityReport> {
  const connection = warehouse.connection()
  const mapping = source.mappings.find((candidate) => candidate.entity === entity)
  let stage: Stage
  if (mapping === undefined) stage = await stageNothing(connection, main, entity)
  else {
    onProgress({ phase: 'check', what: entity, done: null, total: null })
    stage = await stageEntity(
      connection,
      warehouse.dialect,
      main,
      mapping,
      relationNames(source),
      load,
      (share) => onProgress({ phase: 'check', what: entity, done: share, total: 1 }),
      load.deferred,
    )
  }
  if (load.isScreening) stage = await refuseErased(connection, main, stage)
  await scanPersonalData(connection, stage)
  const rowCount = await countOf(connection, `SELECT count(*) FROM ${stage.table}`)
  if (rowCount > 0) {
    const what = `${rowCount.toLocaleString('en-US')} ${entity}`
    onProgress({ phase: 'merge', what, done: null, total: null })
  }
  await collectLastEvents(connection, stage, load.lastEvents)
  const counts = await mergeEntity(connection, main, stage)
  const reasons = await collectRefused(connection, stage)
  const accounted = counts.loaded + counts.unchanged + counts.superseded + counts.quarantined
  const reasonSum = reasons.reduce((sum, { count }) => sum + count, 0)
  if (accounted !== counts.read || reasonSum !== counts.quarantined) {
    throw new OversightError(
      'internal',
      `${entity}: ${counts.read} rows read, but ${accounted} accounted for (${counts.loaded} loaded, ${counts.unchanged} unchanged, ${counts.superseded} superseded, ${counts.quarantined} quarantined, ${reasonSum} with a reason). Nothing was published; please report this.`,
    )
  }
  if (stage.isAdopted) await adoptStage(connection, main, stage)
  const quarantinedByRule: Record<string, number> = {}
  for (const { rule, count } of reasons) quarantinedByRule[rule] = (quarantinedByRule[rule] ?? 0) + count
  const { retried, recovered, ...sums } = counts
  return { ...sums, quarantinedByRule, reasons, retried, recovered }
}

function refuseTooManyRejects(
  reports: LoadReport['entities'],
  options: Pick<LoadOptions, 'maximumRejectShare' | 'maximumRejectShares'>,
  rejectsFile: string | null,
): void {
  const maximumShare = (entity: string) =>
    options.maximumRejectShares?.[entity as EntityName] ?? options.maximumRejectShare ?? 0.05
  const faulty = (report: EntityReport) => report.quarantined - (report.quarantinedByRule[erasedRule.rule] ?? 0)
  const over = Object.entries(reports).filter(([name, report]) => faulty(report) > report.read * maximumShare(name))
  if (over.length === 0) return
  const percent = (share: number) => `${Math.round(share * 1000) / 10} %`
  const lines = over.flatMap(([entity, report]) => [
    `${entity}: ${faulty(report)} of ${report.read} rows refused (${percent(faulty(report) / report.read)}, at most ${percent(maximumShare(entity))} allowed)`,
    ...report.reasons.map(
      (reason) =>
        `  ${reason.count} x ${reason.rule}: ${reason.message}; first in ${reason.sourceFile}, row ${reason.sourceRow}`,
    ),
  ])
  const hasOrphans = over.some(([, { reasons }]) => reasons.some(({ rule }) => rule === 'orphan'))
  throw new OversightError(
    'load_refused',
    `Too many rows were refused, so nothing was published and the last snapshot stays.\n${lines.join('\n')}\nThe refused rows are in ${rejectsFile}. Mend them, or allow more with --max-reject-percent.${hasOrphans ? ' Load the interactions first, or in the same load; only a load that is published keeps rows that wait for theirs.' : ''}`,
  )
}

async function recordLoad(
  warehouse: Warehouse,
  options: LoadOptions,
  load: {
    loadId: string
    finishedAt: Date
    inputs: readonly LoadInput[]
    entities: LoadReport['entities']
  },
): Promise<void> {
  const { db } = warehouse
  const load_id = load.loadId
  await db
    .insertInto('loads')
    .values({
      load_id,
      source: options.source.name,
      started_at: options.now,
      finished_at: load.finishedAt,
      loaded_by: options.loadedBy,
    })
    .execute()
  if (load.inputs.length === 0) return recordCounts(warehouse, load_id, load.entities)
  await db
    .insertInto('load_files')
    .values(
      load.inputs.map(({ sourceFile, sha256, byteCount }) => ({
        load_id,
        source_file: sourceFile,
        sha256,
        byte_count: byteCount,
      })),
    )
    .execute()
  await recordCounts(warehouse, load_id, load.entities)
}

async function recordCounts(warehouse: Warehouse, load_id: string, entities: LoadReport['entities']): Promise<void> {
  await warehouse.db
    .insertInto('load_counts')
    .values(
      Object.entries(entities).map(([entity, report]) => ({
        load_id,
        entity,
        read_count: report.read,
        loaded_count: report.loaded,
        unchanged_count: report.unchanged,
        superseded_count: report.superseded,
        quarantined_count: report.quarantined,
      })),
    )
    .execute()
}
