import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { listValuesSeen, type ValuesSeen } from '../quarantine/values-seen.ts'
import { runtime } from '../runtime.server.ts'

/** Every time that raw values of refused rows were printed, as a file. */
export const loader = guarded(readers, async () =>
  csvResponse(tableCsv(columns, listValuesSeen(runtime().home)), 'oversight-values-seen.csv'),
)

const columns = {
  seen_at: (row: ValuesSeen) => row.seenAt,
  seen_by: (row) => row.seenBy,
  load_id: (row) => row.loadId,
} satisfies Parameters<typeof tableCsv<ValuesSeen>>[0]
