import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { OversightError } from '../oversight-error.ts'
import { currentSnapshot } from './snapshots.ts'

export interface KeptSnapshot {
  id: number
  file: string
  byteCount: number
}

/** Every snapshot in the folder, oldest first. */
export function listSnapshots(directory: string): KeptSnapshot[] {
  return readdirSync(directory)
    .flatMap((name) => {
      const id = /^snapshot-(\d+)\.duckdb$/.exec(name)?.[1]
      if (id === undefined) return []
      const file = join(directory, name)
      return [{ id: Number(id), file, byteCount: statSync(file).size }]
    })
    .sort((left, right) => left.id - right.id)
}

/**
 * Removes all but the newest `keep` snapshots. Never the current one, nor one whose id is in `cited`.
 * Readers that still have a removed file open keep reading it. Returns what was removed.
 */
export function pruneSnapshots(directory: string, keep: number, cited: ReadonlySet<number>): KeptSnapshot[] {
  if (!Number.isSafeInteger(keep) || keep < 1) {
    throw new OversightError('bad_input', `${keep} snapshots cannot be kept; at least one must be.`)
  }
  const current = currentSnapshot(directory)
  const removable = listSnapshots(directory)
    .slice(0, -keep)
    .filter(({ id }) => id !== current?.id && !cited.has(id))
  for (const { file } of removable) rmSync(file)
  return removable
}
