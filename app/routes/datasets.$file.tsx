import { OversightError } from '#models/oversight-error.ts'
import { exporters, guarded } from '../access.server.ts'
import { type DatasetName, datasetNames, holdsSingleCustomers } from '../exports/datasets.ts'
import { countDataset } from '../exports/describe-datasets.ts'
import { type ExportFormat, exportFiles, exportFormats } from '../exports/export-format.ts'
import { streamDataset } from '../exports/stream-dataset.ts'
import { logRowsSeen } from '../log-rows-seen.server.ts'
import { requestScope } from '../runtime.server.ts'
import { currentWarehouse, openWarehouseForStream, snapshotInfo } from '../warehouse.server.ts'

/** A dataset of the current snapshot as a file: /datasets/monthly_metrics.csv */
export const loader = guarded(exporters, async ({ request, params, user }) => {
  const { dataset, format } = parseFile(params.file ?? '')
  const { drained } = requestScope()
  const info = await snapshotInfo()
  if (info === undefined) {
    throw new OversightError('not_found', 'No data has been loaded yet, so there is nothing to export.')
  }
  if (holdsSingleCustomers(dataset)) {
    const { snapshotId } = info
    const rowCount = await countDataset((await currentWarehouse()).db, dataset)
    logRowsSeen({ user, way: 'export', interactionType: null, dataset, format, snapshotId, rowCount })
  }
  const warehouse = await openWarehouseForStream()
  if (warehouse === undefined) throw new OversightError('not_found', 'No data has been loaded yet.')
  const { type, extension } = exportFiles[format]
  return new Response(streamDataset({ warehouse, dataset, format, signal: request.signal, drained }), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="oversight-${dataset}-snapshot-${info.snapshotId}.${extension}"`,
      // Compressing on the way would hide from us how fast the client takes it.
      'Cache-Control': 'no-transform',
    },
  })
})

function parseFile(file: string): { dataset: DatasetName; format: ExportFormat } {
  const [name = '', ending = '', ...rest] = file.split('.')
  const dataset = datasetNames.find((candidate) => candidate === name)
  const format = exportFormats.find((candidate) => candidate === ending)
  if (dataset === undefined || format === undefined || rest.length > 0) {
    throw new OversightError(
      'not_found',
      `There is no dataset file "${file}". Datasets: ${datasetNames.join(', ')}; formats: ${exportFormats.join(', ')}.`,
    )
  }
  return { dataset, format }
}
