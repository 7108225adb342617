import { type QuarantinedRow, streamQuarantine } from '#models/loads/list-quarantine.ts'
import { guarded, readers } from '../access.server.ts'
import { askedRows, quarantineFilter } from '../data/quarantine-filter.ts'
import { closingAfter } from '../exports/closing-after.ts'
import { streamTableCsv } from '../exports/stream-table-csv.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { openWarehouseForStream } from '../warehouse.server.ts'

/** Every refused row of the filters as a file, however many: place and reason, never its values. */
export const loader = guarded(readers, async ({ request }) => {
  const chosen = quarantineFilter.parse(Object.fromEntries(new URL(request.url).searchParams))
  const warehouse = await openWarehouseForStream()
  if (warehouse === undefined) return csvResponse(tableCsv(columns, []), 'oversight-quarantine.csv')
  const batches = streamQuarantine(warehouse.db, askedRows(chosen))
  return streamTableCsv(columns, closingAfter(batches, warehouse), 'oversight-quarantine.csv')
})

const columns = {
  load_id: (row: QuarantinedRow) => row.loadId,
  source: (row) => row.source,
  loaded_at: (row) => row.loadedAt,
  entity: (row) => row.entity,
  rule: (row) => row.rule,
  field: (row) => row.field,
  source_file: (row) => row.sourceFile,
  source_row: (row) => row.sourceRow,
  source_line: (row) => row.sourceLine,
  message: (row) => row.message,
} satisfies Parameters<typeof tableCsv<QuarantinedRow>>[0]
