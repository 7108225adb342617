import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { datasetNames, holdsSingleCustomers } from '../../exports/datasets.ts'
import { countDataset } from '../../exports/describe-datasets.ts'
import { exportFiles, exportFormats } from '../../exports/export-format.ts'
import { streamDataset } from '../../exports/stream-dataset.ts'
import { logRowsSeen } from '../../log-rows-seen.server.ts'
import { currentWarehouse, openWarehouseForStream } from '../../warehouse.server.ts'
import { streamOperation } from '../operation.ts'
import { servedSnapshot } from '../served-snapshot.ts'

/** A dataset whole, as a file. */
export const getDatasetRows = streamOperation({
  id: 'getDatasetRows',
  path: '/datasets/{dataset}/rows',
  scope: 'datasets:read',
  summary: 'Every row of a dataset as CSV, NDJSON, Parquet or Arrow',
  description:
    'The format comes from ?format=, else from Accept. Oversight-Row-Count says how many rows there are; the trailer field Content-Digest (RFC 9530) holds the SHA-256 of the bytes. An answer that breaks off ends without its last chunk, which HTTP clients report. The ETag changes with the snapshot.',
  params: z.strictObject({ dataset: z.enum(datasetNames, `Datasets: ${datasetNames.join(', ')}.`) }),
  query: z.strictObject({
    format: z.enum(exportFormats, `Formats: ${exportFormats.join(', ')}.`).optional(),
  }),
  mediaTypes: exportFormats.map((format) => exportFiles[format].type),
  async answer({ params: { dataset }, query, mediaType, bearer }) {
    const format = query.format ?? exportFormats.find((one) => exportFiles[one].type === mediaType)
    if (format === undefined) {
      throw new OversightError('internal', 'An answer was asked for in a format that was not agreed.')
    }
    const snapshot = await servedSnapshot()
    const rowCount = await countDataset((await currentWarehouse()).db, dataset)
    const { type, extension } = exportFiles[format]
    return {
      mediaType: type,
      etag: `W/"${snapshot.id}-${Date.parse(snapshot.createdAt)}-${dataset}-${format}"`,
      headers: {
        'Content-Disposition': `attachment; filename="oversight-${dataset}-snapshot-${snapshot.id}.${extension}"`,
        'Oversight-Snapshot': String(snapshot.id),
        'Oversight-Row-Count': String(rowCount),
      },
      async open(signal) {
        const { holder } = bearer
        if (holdsSingleCustomers(dataset) && holder !== null) {
          const seen = { interactionType: null, dataset, format, snapshotId: snapshot.id, rowCount }
          logRowsSeen({ user: holder, way: 'api', ...seen })
        }
        const warehouse = await openWarehouseForStream()
        if (warehouse === undefined) throw new OversightError('not_found', 'No data has been loaded yet.')
        return streamDataset({ warehouse, dataset, format, signal })
      },
    }
  },
})
