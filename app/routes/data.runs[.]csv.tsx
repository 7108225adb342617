import { guarded, loaders, readers } from '../access.server.ts'
import { runFilter } from '../data/run-view.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { listRuns, type Run } from '../runs/run-log.ts'
import { runRemedy } from '../runs/run-remedy.ts'
import { runtime } from '../runtime.server.ts'

/** Every load that was tried as a file, newest first; messages only for those who see them on the page. */
export const loader = guarded(readers, async ({ request, user }) => {
  const { outcome } = runFilter.parse(Object.fromEntries(new URL(request.url).searchParams))
  const maySeeMessages = loaders.some((role) => user.roles.includes(role))
  const rows = listRuns(runtime().home, new Date())
    .filter((run) => outcome === '' || run.outcome === outcome)
    .map((run) => ({ ...run, error: maySeeMessages ? run.error : null }))
  return csvResponse(tableCsv(columns, rows.toReversed()), 'oversight-runs.csv')
})

const columns = {
  started_at: (run: Run) => run.startedAt,
  source: (run) => run.source,
  loaded_by: (run) => run.loadedBy,
  file_count: (run) => run.files.length,
  duration_seconds: (run) => run.seconds,
  outcome: (run) => run.outcome,
  load_id: (run) => run.loadId,
  snapshot_id: (run) => run.snapshotId,
  read_count: (run) => run.read,
  quarantined_count: (run) => run.quarantined,
  loaded_through: (run) => run.loadedThrough ?? null,
  mature_through: (run) => run.matureThrough ?? null,
  error_code: (run) => run.errorCode,
  error: (run) => run.error,
  remedy: (run) => runRemedy(run),
} satisfies Parameters<typeof tableCsv<Run>>[0]
