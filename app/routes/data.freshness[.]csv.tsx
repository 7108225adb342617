import type { SourceFreshness } from '#models/loads/list-source-freshness.ts'
import { guarded, readers } from '../access.server.ts'
import { getServedData } from '../data-page.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'

/** How far each source reaches in each entity, as a file. */
export const loader = guarded(readers, async () =>
  csvResponse(tableCsv(columns, (await getServedData(new Date()))?.freshness ?? []), 'oversight-freshness.csv'),
)

const columns = {
  source: (row: SourceFreshness) => row.source,
  entity: (row) => row.entity,
  row_count: (row) => row.rowCount,
  first_event_at: (row) => row.firstEvent,
  last_event_at: (row) => row.lastEvent,
} satisfies Parameters<typeof tableCsv<SourceFreshness>>[0]
