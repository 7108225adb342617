import { constants, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { copyFile, mkdir, open, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { OversightError } from '../oversight-error.ts'
import { takeLoadLock } from './load-lock.ts'
import type { Warehouse } from './open-warehouse.ts'

export interface Snapshot {
  id: number
  /** Full path of the immutable warehouse file. */
  file: string
}

/** The right to publish into one warehouse folder, and the file that is being built. */
export interface BuildingSnapshot {
  /** The number the snapshot gets when it is published. */
  id: number
  /** Full path; open it with mode `write`. A copy of the current snapshot, or absent when there is none. */
  file: string
  directory: string
  /** Gives the right back and removes an unpublished file. Close the warehouse first. Safe to call twice. */
  release(): void
}

const pointerFile = 'current.json'
const pointer = z.object({ snapshotId: z.int().min(1), file: z.string().regex(/^snapshot-\d{6,}\.duckdb$/) })

/** The snapshot that readers are to open, or undefined before the first load. Cheap: reads one small file. */
export function currentSnapshot(directory: string): Snapshot | undefined {
  const path = join(directory, pointerFile)
  if (!existsSync(path)) return undefined
  const parsed = pointer.safeParse(parseJson(readFileSync(path, 'utf8')))
  if (!parsed.success) {
    throw new OversightError('internal', `${path} does not name a snapshot. Restore it from a backup or load again.`)
  }
  return { id: parsed.data.snapshotId, file: join(directory, parsed.data.file) }
}

/**
 * Takes the folder's load lock, removes what killed loads left behind, and copies the current snapshot to a building
 * file. Throws conflict while another load runs, here or in another process. `onLocked` is told before the copy, which
 * takes a while for a large one.
 */
export async function startSnapshot(directory: string, onLocked: () => void = () => {}): Promise<BuildingSnapshot> {
  await mkdir(directory, { recursive: true })
  const unlock = takeLoadLock(directory)
  try {
    onLocked()
    const current = currentSnapshot(directory)
    removeLeftovers(directory, current)
    const id = Math.max(current?.id ?? 0, ...snapshotIds(directory)) + 1
    const file = join(directory, `building-${id}-${process.pid}.duckdb`)
    if (current !== undefined) await copyFile(current.file, file, constants.COPYFILE_FICLONE)
    let isReleased = false
    return {
      id,
      file,
      directory,
      release() {
        if (isReleased) return
        isReleased = true
        removeWarehouseFile(file)
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * Makes the built warehouse the current snapshot: checkpoint, close, nothing left in a WAL, sync, rename, and the
 * pointer last. Killed at any point, readers see the old snapshot or the new one, whole. Releases the load lock.
 */
export async function publishSnapshot(building: BuildingSnapshot, warehouse: Warehouse): Promise<Snapshot> {
  await warehouse.db.updateTable('snapshot_info').set({ snapshot_id: building.id }).execute()
  await warehouse.connection().run('checkpoint')
  await warehouse.close()
  if (existsSync(`${building.file}.wal`)) {
    throw new OversightError('internal', `${building.file} still has a write-ahead log after closing: not published.`)
  }
  const file = join(building.directory, `snapshot-${String(building.id).padStart(6, '0')}.duckdb`)
  await sync(building.file)
  await rename(building.file, file)
  await sync(building.directory)

  const path = join(building.directory, pointerFile)
  const handle = await open(`${path}.tmp`, 'w')
  try {
    await handle.writeFile(`${JSON.stringify({ snapshotId: building.id, file: basename(file) })}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.tmp`, path)
  await sync(building.directory)
  building.release()
  return { id: building.id, file }
}

/** Under the lock nobody else builds, so every building file is a dead one's; so is a snapshot beyond the pointer. */
function removeLeftovers(directory: string, current: Snapshot | undefined): void {
  for (const name of readdirSync(directory)) {
    const isDeadBuilding = /^building-\d+-\d+\.duckdb(\.wal)?$/.test(name)
    const id = snapshotId(name)
    const isUnpublished = current !== undefined && id !== undefined && id > current.id
    if (isDeadBuilding || isUnpublished) rmSync(join(directory, name), { recursive: true, force: true })
  }
}

function removeWarehouseFile(file: string): void {
  for (const path of [file, `${file}.wal`]) rmSync(path, { force: true })
  rmSync(`${file}.tmp`, { recursive: true, force: true })
}

function snapshotIds(directory: string): number[] {
  return readdirSync(directory).flatMap((name) => snapshotId(name) ?? [])
}

function snapshotId(name: string): number | undefined {
  const match = /^snapshot-(\d+)\.duckdb$/.exec(name)
  return match?.[1] === undefined ? undefined : Number(match[1])
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
