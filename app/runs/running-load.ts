import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isLoadLocked } from '#models/warehouse/load-lock.ts'
import type { Home } from '../home.ts'

const runningLoad = z.object({
  source: z.string(),
  loadedBy: z.string(),
  startedAt: z.string(),
  files: z.array(z.string()),
  phase: z.enum(['make', 'prepare', 'read', 'parse', 'check', 'merge', 'models', 'publish']),
  /** File, entity or model at work. */
  what: z.string(),
  /** Of the step, 0..1; null where the amount is not known. */
  share: z.number().nullable(),
  /** Checked so far, all entities. */
  rowCount: z.number(),
  /** The last time that the load said so. */
  seenAt: z.string(),
})

/** How far a load is, as it writes beside its work for whoever watches from another process. */
export type RunningLoad = z.infer<typeof runningLoad>

/** A load says at least once a second that it is there. */
export const heartbeatSeconds = 1
/** Between giving the lock back and taking its note away a load needs a moment. */
const endingSeconds = 10
/** An engine call may hold the event loop up, and another command may hold the lock after a killed load. */
const silentSeconds = 120

export function runningLoadFile(home: Pick<Home, 'warehouseDirectory'>): string {
  return join(home.warehouseDirectory, 'running.json')
}

/** Written whole, so that nobody reads half of it. Throws where the folder cannot be written. */
export function writeRunningLoad(home: Pick<Home, 'warehouseDirectory'>, load: RunningLoad): void {
  const file = runningLoadFile(home)
  writeFileSync(`${file}.tmp`, JSON.stringify(load), { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}

export function removeRunningLoad(home: Pick<Home, 'warehouseDirectory'>): void {
  rmSync(runningLoadFile(home), { force: true })
}

/** What the last load that did not end by itself said last; undefined when each ended, well or not. */
export function readRunningLoad(home: Pick<Home, 'warehouseDirectory'>): RunningLoad | undefined {
  let text: string
  try {
    text = readFileSync(runningLoadFile(home), 'utf8')
  } catch {
    return undefined
  }
  try {
    return runningLoad.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The load that is going on, or that was killed and that no load followed yet. */
export function findUnfinishedLoad(
  home: Pick<Home, 'warehouseDirectory'>,
  now: Date,
): { load: RunningLoad; isGoing: boolean } | undefined {
  const load = readRunningLoad(home)
  if (load === undefined) return undefined
  const silence = (now.getTime() - Date.parse(load.seenAt)) / 1000
  const isGoing = silence <= endingSeconds || (silence <= silentSeconds && isLoadLocked(home.warehouseDirectory))
  return { load, isGoing }
}
