import { guarded, readers } from '../access.server.ts'
import { getServedData } from '../data-page.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'

/** Until where each source is complete, as a file. */
export const loader = guarded(readers, async () =>
  csvResponse(tableCsv(columns, (await getServedData(new Date()))?.reaches ?? []), 'oversight-reach.csv'),
)

type Row = NonNullable<Awaited<ReturnType<typeof getServedData>>>['reaches'][number]

const columns = {
  source: (row: Row) => row.source,
  is_live: (row) => row.isLive,
  reaches: (row) => row.through,
  is_declared: (row) => row.isDeclared,
  loaded_through: (row) => row.loadedThrough,
  mature_through: (row) => row.matureThrough,
  has_stopped: (row) => row.hasStopped,
} satisfies Parameters<typeof tableCsv<Row>>[0]
