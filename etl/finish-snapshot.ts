import { runAudits } from '#models/audits.ts'
import { buildModels } from '#models/build-models.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { type BuildingSnapshot, publishSnapshot, type Snapshot } from '#models/warehouse/snapshots.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import type { LoadProgress } from './sql-step.ts'

/**
 * From facts to a published snapshot: levels in force, models, audits, publish.
 * Throws load_refused, with nothing published, when an audit fails.
 */
export async function finishSnapshot(
  building: BuildingSnapshot,
  warehouse: Warehouse,
  options: { reportingTimeZone: string; levelsInForce: readonly LevelsInForceTable[]; now: Date },
  onProgress: (progress: LoadProgress) => void,
): Promise<Snapshot> {
  onProgress({ phase: 'models', what: 'building the models', done: null, total: null })
  await warehouse.db.deleteFrom('levels_in_force').execute()
  if (options.levelsInForce.length > 0) {
    await warehouse.db
      .insertInto('levels_in_force')
      .values([...options.levelsInForce])
      .execute()
  }
  await buildModels(warehouse, { reportingTimeZone: options.reportingTimeZone, now: options.now })
  onProgress({ phase: 'models', what: 'auditing the models', done: null, total: null })
  const failures = await runAudits(warehouse)
  if (failures.length > 0) {
    const list = failures.map(({ audit, message, rowCount }) => `- ${audit}: ${message} (${rowCount} rows)`).join('\n')
    throw new OversightError(
      'load_refused',
      `The models do not pass their audits, so nothing was published and the last snapshot stays:\n${list}`,
    )
  }
  onProgress({ phase: 'publish', what: `snapshot ${building.id}`, done: null, total: null })
  return publishSnapshot(building, warehouse)
}
