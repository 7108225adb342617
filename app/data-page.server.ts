import { hasStopped, reachOfSource } from '#models/loaded-through.ts'
import { listLoads } from '#models/loads/list-loads.ts'
import { listSourceFreshness } from '#models/loads/list-source-freshness.ts'
import { listSourceReaches } from '#models/loads/list-source-reaches.ts'
import { goingLoadView, runFilter, runRows } from './data/run-view.ts'
import { listRuns } from './runs/run-log.ts'
import { findUnfinishedLoad } from './runs/running-load.ts'
import { runtime } from './runtime.server.ts'
import { oncePerSnapshot, snapshotInfo } from './warehouse.server.ts'

const pageSize = 20

/** What is served: its loads, how far each source reaches; null before the first load. */
export async function getServedData(now: Date) {
  const info = await snapshotInfo()
  if (info === undefined) return null
  const [loads, freshness, reaches] = [
    await oncePerSnapshot('loads', ({ db }) => listLoads(db)),
    await oncePerSnapshot('source freshness', ({ db }) => listSourceFreshness(db)),
    await oncePerSnapshot('source reaches', ({ db }) => listSourceReaches(db)),
  ]
  return {
    info,
    loads,
    freshness,
    reaches: reaches.map((reach) => ({
      ...reach,
      // Finality was decided when the snapshot was made; whether a source is silent, the clock says.
      ...reachOfSource(reach, { now: info.createdAt, reportingTimeZone: info.reportingTimeZone }),
      hasStopped: hasStopped(reach, now),
    })),
  }
}

/** Every load that was tried, newest first, a page of them; and the one that is going on. */
export function getRuns(search: URLSearchParams, { now, maySeeMessages }: { now: Date; maySeeMessages: boolean }) {
  const { home } = runtime()
  const chosen = runFilter.parse(Object.fromEntries(search))
  const unfinished = findUnfinishedLoad(home, now)
  const all = runRows(listRuns(home, now), { maySeeMessages })
  const found = all.filter(({ outcome }) => chosen.outcome === '' || outcome === chosen.outcome)
  return {
    going: unfinished?.isGoing ? goingLoadView(unfinished.load, now) : null,
    last: all[0] ?? null,
    chosen,
    rows: found.slice((chosen.page - 1) * pageSize, chosen.page * pageSize),
    total: found.length,
    pageCount: Math.max(1, Math.ceil(found.length / pageSize)),
  }
}
