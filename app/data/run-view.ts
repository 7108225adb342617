import { z } from 'zod'
import { durationText } from '../runs/duration-text.ts'
import type { Run } from '../runs/run-log.ts'
import { runRemedy } from '../runs/run-remedy.ts'
import type { RunningLoad } from '../runs/running-load.ts'
import { stepText } from '../runs/step-text.ts'

/** The part of the address that says which runs are listed. */
export const runFilter = z.object({
  outcome: z.enum(['', 'published', 'failed', 'killed']).catch(''),
  page: z.coerce.number().int().min(1).catch(1),
})

/** One try to load, as the page lists it. */
export interface RunRow {
  key: string
  startedAt: Date
  source: string
  loadedBy: string
  fileCount: number
  took: string
  outcome: Run['outcome']
  /** What came of it, in a few words. */
  what: string
  /** The message as the command line gave it; null where there is none, or where it is not for this reader. */
  message: string | null
  remedy: string | null
  read: number | null
  quarantined: number | null
  loadId: string | null
}

const failures: Readonly<Record<string, string>> = {
  bad_input: 'A file or a mapping cannot be used',
  load_refused: 'Too many rows refused, or an audit failed',
  conflict: 'Another load was running',
  not_found: 'A file was missing',
  unavailable: 'A server was out of reach',
  killed: 'Ended from outside before it was done',
}

/** Runs newest first. Messages may quote values of files, so they are for those who load. */
export function runRows(runs: readonly Run[], reader: { maySeeMessages: boolean }): RunRow[] {
  return runs.toReversed().map((run) => ({
    key: `${run.startedAt} ${run.source}`,
    startedAt: new Date(run.startedAt),
    source: run.source,
    loadedBy: run.loadedBy,
    fileCount: run.files.length,
    took: durationText(run.seconds),
    outcome: run.outcome,
    what:
      run.outcome === 'published'
        ? `Snapshot ${run.snapshotId}`
        : (failures[run.errorCode ?? ''] ?? 'An error of Oversight itself'),
    message: reader.maySeeMessages ? run.error : null,
    remedy: runRemedy(run),
    read: run.read,
    quarantined: run.quarantined,
    loadId: run.loadId,
  }))
}

/** A load that is going on, as the page shows it. */
export interface GoingLoadView {
  source: string
  loadedBy: string
  fileCount: number
  startedAt: Date
  /** Since its start. */
  running: string
  step: string
  /** Of the step, 0..1; null where the amount is not known. */
  share: number | null
  rowCount: number
}

export function goingLoadView(load: RunningLoad, now: Date): GoingLoadView {
  const startedAt = new Date(load.startedAt)
  const step = stepText(load)
  return {
    source: load.source,
    loadedBy: load.loadedBy,
    fileCount: load.files.length,
    startedAt,
    running: durationText((now.getTime() - startedAt.getTime()) / 1000),
    step: `${step.charAt(0).toUpperCase()}${step.slice(1)}`,
    share: load.share,
    rowCount: load.rowCount,
  }
}
