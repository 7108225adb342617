import { type DatasetDescription, describeDatasets } from './exports/describe-datasets.ts'
import { oncePerSnapshot } from './warehouse.server.ts'

/** The datasets of the served snapshot; counting their rows takes a while for large ones. Throws not_found before the first load. */
export function describedDatasets(): Promise<DatasetDescription[]> {
  return oncePerSnapshot('datasets', ({ db }) => describeDatasets(db))
}
