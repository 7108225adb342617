import { OversightError } from '#models/oversight-error.ts'
import { getSnapshotInfo, type SnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { type OpenWarehouseOptions, openWarehouse, type Warehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { oncePerRequest, type Runtime, requestScope, runtime } from './runtime.server.ts'

/** Queries that may run at once. Each holds one libuv thread, which file reads and password hashing need too. */
const concurrentQueries = 4
const threads = 2

interface OpenSnapshot {
  file: string
  warehouse: Promise<Warehouse>
  /** Requests that read from it now. */
  readers: number
  isReplaced: boolean
}

/**
 * The current snapshot, read-only, or undefined before the first load. The pointer is looked at once per request, so
 * a publish shows on the next request and never in the middle of one. A replaced snapshot closes after its last reader.
 */
export function findWarehouse(): Promise<Warehouse | undefined> {
  return oncePerRequest('warehouse', async () => {
    const scope = requestScope()
    const snapshot = currentSnapshot(scope.runtime.home.warehouseDirectory)
    if (snapshot === undefined) return undefined
    const opened = openSnapshot(scope.runtime, snapshot.file)
    opened.readers += 1
    scope.cleanups.push(() => {
      opened.readers -= 1
      closeIfUnused(opened)
    })
    return opened.warehouse
  })
}

/** As findWarehouse. Throws not_found with what to do before the first load. */
export async function currentWarehouse(): Promise<Warehouse> {
  const warehouse = await findWarehouse()
  if (warehouse === undefined) {
    throw new OversightError(
      'not_found',
      'No data has been loaded yet. Load files with "oversight load <source> <files>", or make demonstration data with "oversight sample".',
    )
  }
  return warehouse
}

/** What the current snapshot is and how far it reaches, once per request. */
export function snapshotInfo(): Promise<SnapshotInfo | undefined> {
  return oncePerRequest('snapshot-info', async () => {
    const warehouse = await findWarehouse()
    return warehouse === undefined ? undefined : getSnapshotInfo(warehouse.db)
  })
}

/**
 * The current snapshot opened once more, for one stream that holds its connection; shares the engine of the pages.
 * Whoever asks closes it. undefined before the first load.
 */
export async function openWarehouseForStream(): Promise<Warehouse | undefined> {
  const warehouse = await findWarehouse()
  return warehouse === undefined ? undefined : openWarehouse(warehouse.file, openOptions(runtime()))
}

function openOptions({ environment }: Runtime): OpenWarehouseOptions {
  return { mode: 'read', threads, memoryLimit: environment.warehouseMemory, connections: concurrentQueries }
}

function openSnapshot(runtime: Runtime, file: string): OpenSnapshot {
  const found = runtime.resources.get('snapshot') as OpenSnapshot | undefined
  if (found?.file === file) return found
  const opened: OpenSnapshot = {
    file,
    warehouse: openWarehouse(file, openOptions(runtime)),
    readers: 0,
    isReplaced: false,
  }
  // A file that cannot be opened is tried again by the next request.
  opened.warehouse.catch(() => {
    if (runtime.resources.get('snapshot') === opened) runtime.resources.delete('snapshot')
  })
  if (!runtime.resources.has('snapshot closer')) {
    runtime.resources.set('snapshot closer', true)
    runtime.closers.push(async () => {
      const last = runtime.resources.get('snapshot') as OpenSnapshot | undefined
      if (last !== undefined) await close(last)
    })
  }
  runtime.resources.set('snapshot', opened)
  if (found !== undefined) {
    found.isReplaced = true
    closeIfUnused(found)
  }
  return opened
}

function closeIfUnused(snapshot: OpenSnapshot): void {
  if (snapshot.isReplaced && snapshot.readers === 0) void close(snapshot)
}

async function close(snapshot: OpenSnapshot): Promise<void> {
  const warehouse = await snapshot.warehouse.catch(() => undefined)
  await warehouse?.close()
}
