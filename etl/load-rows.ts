import { entityNames } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { addErased, listErased } from './erased-customers.ts'
import { findRowByRowMappings } from './find-row-by-row-mappings.ts'
import type { LoadOptions } from './load.ts'
import { loadEntity } from './load-entity.ts'
import type { LoadReport } from './load-report.ts'
import { locateRefused } from './locate-refused.ts'
import { closeStaging, openStaging } from './open-staging.ts'
import { preparePseudonyms } from './pseudonym.ts'
import { recordRefused, writeRejects } from './quarantine.ts'
import { createPostgresViews } from './read/create-postgres-views.ts'
import { type ReadLimits, refuseChangedFile } from './read/input-file.ts'
import type { ReadPostgresRelation } from './read/read-postgres-relations.ts'
import { type PreparedFile, readRelations, refuseDamagedFiles } from './read-files.ts'
import { listRefusedContacts, prepareErased } from './refuse-erased.ts'
import { refuseTooManyRejects } from './refuse-too-many-rejects.ts'
import { retentionBoundary } from './retention-boundary.ts'
import { defaultMappingLimits } from './run-mapping.ts'
import { type Declaration, type LastEvents, readDeclaration } from './source-reach.ts'
import type { LoadProgress } from './sql-step.ts'

/** Reads, checks and merges the rows of every entity. Throws load_refused when too many are refused. */
export async function loadRows(
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
  Pick<LoadReport, 'entities' | 'warnings' | 'rejectsFile'> & {
    lastEvents: LastEvents
    declaration: Declaration
    /** Refused rows left bytes in the file of the facts. */
    isToWriteAnew: boolean
  }
> {
  const { source, now } = options
  const { loadId, onProgress } = load
  const connection = warehouse.connection()
  const main = await openStaging(warehouse, load.workDirectory, load.prepared)
  const isHashingCustomers = source.customerIds === 'personal'
  const erased = listErased(options.warehouseDirectory)
  const hasErased = erased.length > 0
  if (isHashingCustomers || hasErased) {
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
  if (hasErased) await prepareErased(connection, erased)
  const retiredBefore = retentionBoundary(options.warehouseDirectory)
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
  let isToWriteAnew = false
  const limits = { ...defaultMappingLimits, ...options.mappingLimits }
  for (const entity of entityNames) {
    const { report, holdsRefused } = await loadEntity(
      warehouse,
      main,
      source,
      entity,
      {
        loadId,
        now,
        isHashingCustomers,
        hasErased,
        retiredBefore,
        isRowByRow: rowByRow.has(entity),
        limits,
        lastEvents,
        deferred: deferred.get(rowByRow.get(entity) ?? ''),
      },
      onProgress,
    ).catch(async (error: unknown) => {
      await refuseDamagedFiles(connection, load.prepared)
      throw error
    })
    if (holdsRefused) isToWriteAnew = true
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
  await locateRefused(connection, entities, load.prepared)
  for (const { input } of load.prepared) refuseChangedFile(input)
  const rejectsFile =
    refused.length === 0 ? null : await writeRejects(connection, refused, options.rejectsDirectory, loadId, now)
  refuseTooManyRejects(entities, options, rejectsFile)
  if (hasErased) await addErased(options.warehouseDirectory, await listRefusedContacts(connection))
  for (const entity of refused) await recordRefused(connection, main, entity, loadId)
  await closeStaging(warehouse, main)
  return { entities, warnings: [...warnings, ...views.warnings], rejectsFile, lastEvents, declaration, isToWriteAnew }
}

/** Until where the load is complete, by what it or its source declares. */
export function declarationOf(
  warehouse: Warehouse,
  options: LoadOptions,
  repeatedLoadId?: string,
): Promise<Declaration> {
  return readDeclaration(warehouse.connection(), options.source, {
    now: options.now,
    reportingTimeZone: options.reportingTimeZone,
    isLive: options.isLive,
    through: options.loadedThrough,
    repeatedLoadId,
  })
}
