import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { type DatasetName, datasetQuery } from './datasets.ts'
import type { ExportFormat } from './export-format.ts'
import { writeArrow } from './write-arrow.ts'
import { writeCsv } from './write-csv.ts'
import { writeNdjson } from './write-ndjson.ts'
import { writeParquet } from './write-parquet.ts'

/**
 * The bytes of a dataset in a format, in pieces: however large the dataset, only a few thousand rows are in memory.
 *
 * @param warehouse a published snapshot, opened for reading and for this alone: the stream holds its connection. Opening
 *   a file again shares the engine and is cheap. Must stay open until the last piece.
 */
export async function* exportDataset(
  warehouse: Warehouse,
  dataset: DatasetName,
  format: ExportFormat,
): AsyncGenerator<string | Uint8Array> {
  const query = datasetQuery(warehouse.db, dataset)
  if (format === 'parquet') {
    yield* writeParquet(warehouse.file, query.sql)
    return
  }
  const result = await warehouse.connection().stream(query.sql)
  if (format === 'csv') yield* writeCsv(result)
  else if (format === 'ndjson') yield* writeNdjson(result)
  else yield* writeArrow(result)
}
