import type { ReplayedLevel } from '#governance/audit/verify-levels.ts'
import { guarded, trailReaders } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { verifyTrailNow } from '../verify-trail.server.ts'

/** The level of every type, rebuilt from the trail now, beside the stored one, as a file. */
export const loader = guarded(trailReaders, async () => {
  const { report } = await verifyTrailNow()
  return csvResponse(tableCsv(columns, report.levels), 'oversight-replayed-levels.csv')
})

const columns = {
  interaction_type: (row: ReplayedLevel) => row.interactionType,
  replayed_level: (row) => row.replayed?.level ?? null,
  replayed_since: (row) => row.replayed?.since ?? null,
  stored_level: (row) => row.stored?.level ?? null,
  stored_since: (row) => row.stored?.since ?? null,
  is_agreeing: (row) => row.agrees,
} satisfies Parameters<typeof tableCsv<ReplayedLevel>>[0]
