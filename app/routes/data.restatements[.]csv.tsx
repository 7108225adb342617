import { listRestatements, type Restatement } from '#models/restatements/list-restatements.ts'
import { guarded, readers } from '../access.server.ts'
import { askedRestatements, restatementFilter } from '../data/restatement-filter.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { findWarehouse } from '../warehouse.server.ts'

/** Every restated number of the filters as a file, unrounded. */
export const loader = guarded(readers, async ({ request }) => {
  const chosen = restatementFilter.parse(Object.fromEntries(new URL(request.url).searchParams))
  const warehouse = await findWarehouse()
  const rows = warehouse === undefined ? [] : await listRestatements(warehouse.db, askedRestatements(chosen))
  return csvResponse(tableCsv(columns, rows), 'oversight-restatements.csv')
})

const columns = {
  restated_at: (row: Restatement) => row.restatedAt,
  load_id: (row) => row.loadId,
  month: (row) => row.contactMonth.slice(0, 7),
  interaction_type: (row) => row.interactionType,
  metric: (row) => row.metric,
  cohort: (row) => row.cohort,
  scale: (row) => row.scale,
  numerator_before: (row) => row.before.numerator,
  denominator_before: (row) => row.before.denominator,
  value_before: (row) => row.before.value,
  numerator_after: (row) => row.after.numerator,
  denominator_after: (row) => row.after.denominator,
  value_after: (row) => row.after.value,
} satisfies Parameters<typeof tableCsv<Restatement>>[0]
