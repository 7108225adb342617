import { guarded, readers } from '../access.server.ts'
import { getExplainedMetric } from '../explained-metric.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'

/** Every column that a metric comes from as a file: the step that reads it, and its table. */
export const loader = guarded(readers, async ({ params }) => {
  const { metric, lineage } = await getExplainedMetric(params.metric ?? '')
  const rows = lineage.flatMap(({ table, reads }) =>
    reads.flatMap(({ table: from, columns }) => columns.map((column) => ({ step: table, table: from, column }))),
  )
  return csvResponse(tableCsv(columns, rows), `oversight-lineage-${metric}.csv`)
})

type Row = { step: string; table: string; column: string }

const columns = {
  step: (row: Row) => row.step,
  table: (row) => row.table,
  column: (row) => row.column,
} satisfies Parameters<typeof tableCsv<Row>>[0]
