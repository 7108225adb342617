import { OversightError } from '#models/oversight-error.ts'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot, type Snapshot, startSnapshot } from '#models/warehouse/snapshots.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import { finishSnapshot } from './finish-snapshot.ts'
import type { LoadProgress } from './sql-step.ts'

export interface RebuildOptions {
  warehouseDirectory: string
  reportingTimeZone: string
  levelsInForce: readonly LevelsInForceTable[]
  now: Date
  onProgress?: (progress: LoadProgress) => void
}

/**
 * Builds the models again over the facts that are there and publishes a new snapshot: after a change of definitions,
 * of the reporting time zone, or of a level in force.
 * Throws not_found before the first load, conflict while another load runs, load_refused when an audit fails.
 */
export async function rebuild(options: RebuildOptions): Promise<Snapshot> {
  if (currentSnapshot(options.warehouseDirectory) === undefined) {
    throw new OversightError('not_found', 'Nothing has been loaded yet, so there are no facts to build models from.')
  }
  const building = await startSnapshot(options.warehouseDirectory)
  try {
    const warehouse = await openWarehouse(building.file, { mode: 'write' })
    try {
      await createSchema(warehouse)
      const finished = await finishSnapshot(building, warehouse, options, null, options.onProgress ?? (() => {}))
      return finished.snapshot
    } finally {
      await warehouse.close()
    }
  } finally {
    building.release()
  }
}
