import { listQuarantineReasons, type QuarantineReasonCount } from '#models/loads/list-quarantine.ts'
import {
  listQuarantinedFiles,
  listQuarantinedLoads,
  type QuarantinedFile,
  type QuarantinedLoad,
} from '#models/loads/list-quarantine-places.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, readers } from '../access.server.ts'
import { type CsvColumns, csvResponse, tableCsv } from '../exports/table-csv.ts'
import { currentWarehouse } from '../warehouse.server.ts'

/** The refused rows summed up by reason, file or load, as a file: /data/quarantine/by-file.csv */
export const loader = guarded(readers, async ({ params }) => {
  const { db } = await currentWarehouse()
  const named = (text: string) => csvResponse(text, `oversight-quarantine-${params.summary}`)
  switch (params.summary) {
    case 'by-reason.csv':
      return named(tableCsv(reasonColumns, await listQuarantineReasons(db)))
    case 'by-file.csv':
      return named(tableCsv(fileColumns, await listQuarantinedFiles(db)))
    case 'by-load.csv':
      return named(tableCsv(loadColumns, await listQuarantinedLoads(db)))
    default:
      throw new OversightError('not_found', `There is no summary "${params.summary}" of the quarantine.`)
  }
})

const reasonColumns: CsvColumns<QuarantineReasonCount> = {
  entity: (row) => row.entity,
  rule: (row) => row.rule,
  field: (row) => row.field,
  message: (row) => row.message,
  row_count: (row) => row.rowCount,
  load_count: (row) => row.loadCount,
}

const fileColumns: CsvColumns<QuarantinedFile> = {
  source_file: (row) => row.sourceFile,
  source: (row) => row.source,
  load_count: (row) => row.loadCount,
  rule_count: (row) => row.ruleCount,
  row_count: (row) => row.rowCount,
}

const loadColumns: CsvColumns<QuarantinedLoad> = {
  load_id: (row) => row.loadId,
  source: (row) => row.source,
  started_at: (row) => row.startedAt,
  read_count: (row) => row.readCount,
  rule_count: (row) => row.ruleCount,
  row_count: (row) => row.rowCount,
}
