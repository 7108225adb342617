import { listQuarantine, type QuarantinedRow } from '#models/loads/list-quarantine.ts'
import { guarded, readers } from '../access.server.ts'
import { askedRows, quarantineFilter } from '../data/quarantine-filter.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { findWarehouse } from '../warehouse.server.ts'

/** Refused rows are bounded by the share that a load may refuse; a file of more than this many helps nobody. */
const mostRows = 100_000

/** Every refused row of the filters as a file: place and reason, never its values. */
export const loader = guarded(readers, async ({ request }) => {
  const chosen = quarantineFilter.parse(Object.fromEntries(new URL(request.url).searchParams))
  const warehouse = await findWarehouse()
  const rows =
    warehouse === undefined
      ? []
      : (await listQuarantine(warehouse.db, { ...askedRows(chosen), page: 1, pageSize: mostRows })).rows
  return csvResponse(tableCsv(columns, rows), 'oversight-quarantine.csv')
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
