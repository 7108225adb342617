import { OversightError } from '#models/oversight-error.ts'
import { openWarehouse, type Warehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import type { Home } from '../home.ts'

/** The published snapshot of a home, read-only. Throws not_found before the first load. */
export async function openCurrentWarehouse(home: Home): Promise<Warehouse> {
  const snapshot = currentSnapshot(home.warehouseDirectory)
  if (snapshot === undefined) {
    throw new OversightError('not_found', `Nothing was loaded into ${home.directory} yet. Use "oversight load" first.`)
  }
  return openWarehouse(snapshot.file, { mode: 'read' })
}
