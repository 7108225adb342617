import { type EntityColumn, entityColumns } from '#models/contract/columns.ts'
import { entityNames } from '#models/contract/entities.ts'
import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'

/** The columns of the data contract as a file: of one entity, or of all. */
export const loader = guarded(readers, async ({ request }) => {
  const asked = new URL(request.url).searchParams.get('entity')
  const chosen = entityNames.filter((name) => asked === null || asked === name)
  const rows = chosen.flatMap((entity) => entityColumns(entity).map((column) => ({ entity, ...column })))
  return csvResponse(tableCsv(columns, rows), `oversight-columns${chosen.length === 1 ? `-${chosen[0]}` : ''}.csv`)
})

type Row = EntityColumn & { entity: string }

const columns = {
  entity: (row: Row) => row.entity,
  column: (row) => row.name,
  type: (row) => row.type,
  is_required: (row) => row.isRequired,
  description: (row) => row.description,
  allowed_values: (row) => row.values?.join(';') ?? null,
  minimum: (row) => row.minimum,
  is_minimum_exclusive: (row) => row.isMinimumExclusive,
  maximum: (row) => row.maximum,
} satisfies Parameters<typeof tableCsv<Row>>[0]
