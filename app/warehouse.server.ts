import { OversightError } from '#models/oversight-error.ts'
import { getSnapshotInfo, type SnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { type OpenWarehouseOptions, openWarehouse, type Warehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { KeptAnswers } from './kept-answers.ts'
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
  /** What was read from it already. */
  answers: KeptAnswers
}

/**
 * The current snapshot, read-only, or undefined before the first load. The pointer is looked at once per request, so
 * a publish shows on the next request and never in the middle of one. A replaced snapshot closes after its last reader.
 */
export async function findWarehouse(): Promise<Warehouse | undefined> {
  return snapshotOfRequest()?.warehouse
}

/** Where the snapshot of this request lies; undefined before the first load. */
export function servedSnapshotFile(): string | undefined {
  return snapshotOfRequest()?.file
}

function snapshotOfRequest(): OpenSnapshot | undefined {
  return oncePerRequest('warehouse', () => {
    const scope = requestScope()
    const snapshot = currentSnapshot(scope.runtime.home.warehouseDirectory)
    if (snapshot === undefined) return undefined
    const opened = openSnapshot(scope.runtime, snapshot.file)
    opened.readers += 1
    scope.cleanups.push(() => {
      opened.readers -= 1
      closeIfUnused(opened)
    })
    return opened
  })
}

/**
 * What `read` gives of the current snapshot, read once for as long as the snapshot is served: it never changes. Nothing
 * of the ledger belongs here, and nobody may change what they get. The question tells everything the answer depends on.
 * Throws not_found before the first load; a read that failed is tried again.
 */
export async function oncePerSnapshot<Answer>(
  question: string,
  read: (warehouse: Warehouse) => Promise<Answer>,
): Promise<Answer> {
  const warehouse = await currentWarehouse()
  const answers = snapshotOfRequest()?.answers
  return answers === undefined ? read(warehouse) : answers.get(question, () => read(warehouse))
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

/** What the current snapshot is and how far it reaches; undefined before the first load. */
export async function snapshotInfo(): Promise<SnapshotInfo | undefined> {
  const warehouse = await findWarehouse()
  return warehouse === undefined ? undefined : oncePerSnapshot('snapshot info', ({ db }) => getSnapshotInfo(db))
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
    answers: new KeptAnswers(),
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
