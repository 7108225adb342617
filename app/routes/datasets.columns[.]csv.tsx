import { guarded, readers } from '../access.server.ts'
import { describedDatasets } from '../described-datasets.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { snapshotInfo } from '../warehouse.server.ts'

/** The columns of the datasets as a file: of one, or of all. */
export const loader = guarded(readers, async ({ request }) => {
  const asked = new URL(request.url).searchParams.get('dataset')
  const datasets = (await snapshotInfo()) === undefined ? [] : await describedDatasets()
  const rows = datasets
    .filter(({ name }) => asked === null || asked === name)
    .flatMap(({ name, columns }) => columns.map((column) => ({ dataset: name, ...column })))
  return csvResponse(tableCsv(columns, rows), 'oversight-dataset-columns.csv')
})

type Row = { dataset: string; name: string; type: string; description: string | null }

const columns = {
  dataset: (row: Row) => row.dataset,
  column: (row) => row.name,
  type: (row) => row.type,
  description: (row) => row.description,
} satisfies Parameters<typeof tableCsv<Row>>[0]
