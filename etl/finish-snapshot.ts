import { runAudits } from '#models/audits.ts'
import { buildModels } from '#models/build-models.ts'
import { reachOfSource } from '#models/loaded-through.ts'
import { listSourceReaches } from '#models/loads/list-source-reaches.ts'
import { OversightError } from '#models/oversight-error.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { type BuildingSnapshot, publishSnapshot, type Snapshot } from '#models/warehouse/snapshots.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import type { SnapshotReach } from './load-report.ts'
import { keepClosedMonths, recordRestatements } from './restatements.ts'
import type { LoadProgress } from './sql-step.ts'

export interface FinishedSnapshot {
  snapshot: Snapshot
  /** Numbers of closed months that are other ones now. */
  restatedCount: number
  reach: SnapshotReach
  /** Of building and auditing the models. */
  modelSeconds: number
}

/**
 * From facts to a published snapshot: levels in force, models, restatements, audits, publish. `loadId` is the load that
 * brought new facts, of which the models follow; null builds all of them again.
 * Throws load_refused, with nothing published, when an audit fails.
 */
export async function finishSnapshot(
  building: BuildingSnapshot,
  warehouse: Warehouse,
  options: {
    reportingTimeZone: string
    levelsInForce: readonly LevelsInForceTable[]
    now: Date
    /** Gives what is published, when that is not the warehouse as it was built. */
    beforePublish?: (built: Warehouse) => Warehouse | Promise<Warehouse>
  },
  loadId: string | null,
  onProgress: (progress: LoadProgress) => void,
): Promise<FinishedSnapshot> {
  const startedAt = performance.now()
  onProgress({ phase: 'models', what: 'building the models', done: null, total: null })
  await warehouse.db.deleteFrom('levels_in_force').execute()
  if (options.levelsInForce.length > 0) {
    await warehouse.db
      .insertInto('levels_in_force')
      .values([...options.levelsInForce])
      .execute()
  }
  await keepClosedMonths(warehouse)
  const { fullBecause, days } = await buildModels(warehouse, {
    reportingTimeZone: options.reportingTimeZone,
    now: options.now,
    ...(loadId === null ? {} : { changedBy: loadId }),
  })
  const built =
    fullBecause === null ? `counted ${days?.count ?? 0} days anew` : `built the models from all facts (${fullBecause})`
  onProgress({ phase: 'models', what: built, done: null, total: null })
  const restatedCount = await recordRestatements(warehouse, loadId, options.now)
  onProgress({ phase: 'models', what: 'auditing the models', done: null, total: null })
  const failures = await runAudits(warehouse, days)
  if (failures.length > 0) {
    const list = failures.map(({ audit, message, rowCount }) => `- ${audit}: ${message} (${rowCount} rows)`).join('\n')
    throw new OversightError(
      'load_refused',
      `The models do not pass their audits, so nothing was published and the last snapshot stays:\n${list}`,
    )
  }
  const reach = await readReach(warehouse, options)
  const modelSeconds = (performance.now() - startedAt) / 1000
  onProgress({ phase: 'publish', what: `snapshot ${building.id}`, done: null, total: null })
  const published = (await options.beforePublish?.(warehouse)) ?? warehouse
  try {
    return { snapshot: await publishSnapshot(building, published), restatedCount, reach, modelSeconds }
  } finally {
    await published.close()
  }
}

async function readReach({ db }: Warehouse, context: { now: Date; reportingTimeZone: string }): Promise<SnapshotReach> {
  const { loadedThrough, matureThrough } = await getSnapshotInfo(db)
  return {
    loadedThrough: loadedThrough?.toISOString() ?? null,
    matureThrough: matureThrough?.toISOString() ?? null,
    sources: (await listSourceReaches(db)).map((each) => ({
      source: each.source,
      isLive: each.isLive,
      through: each.through.toISOString(),
      isDeclared: each.isDeclared,
      matureThrough: reachOfSource(each, context).matureThrough.toISOString(),
    })),
  }
}
