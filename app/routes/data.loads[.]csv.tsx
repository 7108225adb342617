import { listLoads } from '#models/loads/list-loads.ts'
import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { findWarehouse } from '../warehouse.server.ts'

/** Every load by entity as a file. */
export const loader = guarded(readers, async () => {
  const warehouse = await findWarehouse()
  const loads = warehouse === undefined ? [] : await listLoads(warehouse.db)
  const rows = loads.flatMap((load) => load.counts.map((count) => ({ ...load, ...count })))
  return csvResponse(tableCsv(columns, rows), 'oversight-loads.csv')
})

type Load = Awaited<ReturnType<typeof listLoads>>[number]
type Row = Load & Load['counts'][number]

const columns = {
  load_id: (row: Row) => row.loadId,
  source: (row) => row.source,
  started_at: (row) => row.startedAt,
  finished_at: (row) => row.finishedAt,
  loaded_by: (row) => row.loadedBy,
  file_count: (row) => row.files.length,
  entity: (row) => row.entity,
  read_count: (row) => row.read,
  loaded_count: (row) => row.loaded,
  unchanged_count: (row) => row.unchanged,
  superseded_count: (row) => row.superseded,
  quarantined_count: (row) => row.quarantined,
} satisfies Parameters<typeof tableCsv<Row>>[0]
