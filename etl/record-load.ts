import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import type { LoadOptions } from './load.ts'
import type { LoadReport } from './load-report.ts'
import type { LoadInput } from './read/input-file.ts'

/** Writes down who loaded what: the load, its files or relations, and what became of the rows of each entity. */
export async function recordLoad(
  warehouse: Warehouse,
  options: LoadOptions,
  load: {
    loadId: string
    finishedAt: Date
    inputs: readonly LoadInput[]
    entities: LoadReport['entities']
  },
): Promise<void> {
  const { db } = warehouse
  const load_id = load.loadId
  await db
    .insertInto('loads')
    .values({
      load_id,
      source: options.source.name,
      started_at: options.now,
      finished_at: load.finishedAt,
      loaded_by: options.loadedBy,
    })
    .execute()
  if (load.inputs.length === 0) return recordCounts(warehouse, load_id, load.entities)
  await db
    .insertInto('load_files')
    .values(
      load.inputs.map(({ sourceFile, sha256, byteCount }) => ({
        load_id,
        source_file: sourceFile,
        sha256,
        byte_count: byteCount,
      })),
    )
    .execute()
  await recordCounts(warehouse, load_id, load.entities)
}

async function recordCounts(warehouse: Warehouse, load_id: string, entities: LoadReport['entities']): Promise<void> {
  await warehouse.db
    .insertInto('load_counts')
    .values(
      Object.entries(entities).map(([entity, report]) => ({
        load_id,
        entity,
        read_count: report.read,
        loaded_count: report.loaded,
        unchanged_count: report.unchanged,
        superseded_count: report.superseded,
        quarantined_count: report.quarantined,
      })),
    )
    .execute()
}
