import { type Load, type LoadCounts, listLoads } from '#models/loads/list-loads.ts'
import { listQuarantineReasons, type QuarantineReasonCount } from '#models/loads/list-quarantine.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, readers } from '../access.server.ts'
import { type CsvColumns, csvResponse, tableCsv } from '../exports/table-csv.ts'
import { currentWarehouse } from '../warehouse.server.ts'

/** A table of one load as a file: /data/loads/LOAD/files.csv */
export const loader = guarded(readers, async ({ params }) => {
  const loadId = params.load ?? ''
  const { db } = await currentWarehouse()
  const [load] = await listLoads(db, { loadId })
  if (load === undefined) throw new OversightError('not_found', 'There is no such load in the current snapshot.')
  const named = (text: string) => csvResponse(text, `oversight-load-${loadId}-${params.table}`)
  switch (params.table) {
    case 'entities.csv':
      return named(tableCsv(entityColumns, load.counts))
    case 'files.csv':
      return named(tableCsv(fileColumns, load.files))
    case 'reasons.csv':
      return named(tableCsv(reasonColumns, await listQuarantineReasons(db, { loadId })))
    default:
      throw new OversightError('not_found', `A load has no table "${params.table}".`)
  }
})

const entityColumns: CsvColumns<LoadCounts> = {
  entity: (row) => row.entity,
  read_count: (row) => row.read,
  loaded_count: (row) => row.loaded,
  unchanged_count: (row) => row.unchanged,
  superseded_count: (row) => row.superseded,
  quarantined_count: (row) => row.quarantined,
}

const fileColumns: CsvColumns<Load['files'][number]> = {
  source_file: (row) => row.sourceFile,
  byte_count: (row) => row.byteCount,
  sha256: (row) => row.sha256,
}

const reasonColumns: CsvColumns<QuarantineReasonCount> = {
  entity: (row) => row.entity,
  rule: (row) => row.rule,
  field: (row) => row.field,
  message: (row) => row.message,
  row_count: (row) => row.rowCount,
}
