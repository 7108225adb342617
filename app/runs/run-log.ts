import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OversightError } from '#models/oversight-error.ts'
import type { Home } from '../home.ts'
import { findUnfinishedLoad, type RunningLoad } from './running-load.ts'

/** One load, however it ended. A failed one leaves no trace in the warehouse, so it is written down beside it. */
export interface Run {
  /** killed: it ended without a word, as its process or machine did. */
  outcome: 'published' | 'failed' | 'killed'
  startedAt: string
  source: string
  loadedBy: string
  seconds: number
  files: string[]
  loadId: string | null
  snapshotId: number | null
  /** Rows read and refused, all entities. */
  read: number | null
  quarantined: number | null
  /** How far what it published reaches; absent in lines of older versions. */
  loadedThrough?: string | null
  matureThrough?: string | null
  errorCode: string | null
  error: string | null
}

interface Ending {
  outcome: 'published' | 'failed'
  startedAt: string
  source: string
  loadedBy: string
  seconds: { total: number }
  files: { sourceFile: string }[]
  loadId?: string
  snapshotId?: number
  entities?: Record<string, { read: number; quarantined: number }>
  reach?: { loadedThrough: string | null; matureThrough: string | null }
  error?: unknown
}

function runLogFile(home: Home): string {
  return join(home.warehouseDirectory, 'runs.ndjson')
}

/** Appends one line to the log of runs. A log that cannot be written is no reason to fail a load. */
export function recordRun(home: Home, ending: Ending): void {
  const sum = (column: 'read' | 'quarantined') =>
    ending.entities === undefined
      ? null
      : Object.values(ending.entities).reduce((total, entity) => total + entity[column], 0)
  append(home, {
    outcome: ending.outcome,
    startedAt: ending.startedAt,
    source: ending.source,
    loadedBy: ending.loadedBy,
    seconds: Math.round(ending.seconds.total * 1000) / 1000,
    files: ending.files.map(({ sourceFile }) => sourceFile),
    loadId: ending.loadId ?? null,
    snapshotId: ending.snapshotId ?? null,
    read: sum('read'),
    quarantined: sum('quarantined'),
    loadedThrough: ending.reach?.loadedThrough ?? null,
    matureThrough: ending.reach?.matureThrough ?? null,
    errorCode:
      ending.error === undefined ? null : ending.error instanceof OversightError ? ending.error.code : 'internal',
    error:
      ending.error === undefined ? null : ending.error instanceof Error ? ending.error.message : String(ending.error),
  })
}

/** A load that was killed cannot write its own line; the next one does, under the lock. */
export function recordKilledRun(home: Home, load: RunningLoad): void {
  append(home, killedRun(load))
}

function append(home: Home, run: Run): void {
  try {
    appendFileSync(runLogFile(home), `${JSON.stringify(run)}\n`, { mode: 0o600 })
  } catch (cause) {
    process.stderr.write(`The log of runs cannot be written: ${cause instanceof Error ? cause.message : cause}\n`)
  }
}

/** Every run that ended, oldest first, the last one killed included. A line that a full disk cut is left out. */
export function listRuns(home: Home, now: Date): Run[] {
  const unfinished = findUnfinishedLoad(home, now)
  const killed = unfinished === undefined || unfinished.isGoing ? [] : [killedRun(unfinished.load)]
  return [...readRunLog(home), ...killed]
}

function readRunLog(home: Home): Run[] {
  const file = runLogFile(home)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as Run]
      } catch {
        return []
      }
    })
}

function killedRun({ startedAt, seenAt, source, loadedBy, files, phase, what }: RunningLoad): Run {
  return {
    outcome: 'killed',
    startedAt,
    source,
    loadedBy,
    seconds: (Date.parse(seenAt) - Date.parse(startedAt)) / 1000,
    files,
    loadId: null,
    snapshotId: null,
    read: null,
    quarantined: null,
    errorCode: 'killed',
    error: `Last seen at ${seenAt} in step "${phase}": ${what}.`,
  }
}
