import type { Kysely } from 'kysely'
import type { EntityName } from '../contract/entities.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** What became of the rows of one entity: read = loaded + unchanged + superseded + quarantined. */
export interface LoadCounts {
  entity: EntityName
  read: number
  loaded: number
  unchanged: number
  superseded: number
  quarantined: number
}

export interface Load {
  loadId: string
  source: string
  startedAt: Date
  finishedAt: Date | null
  loadedBy: string
  files: readonly { sourceFile: string; sha256: string; byteCount: number }[]
  counts: readonly LoadCounts[]
}

/** Every load that this snapshot was built from, newest first; one of them when asked. */
export async function listLoads(db: Kysely<WarehouseSchema>, filter: { loadId?: string } = {}): Promise<Load[]> {
  const { loadId } = filter
  const [loads, files, counts] = await Promise.all([
    db
      .selectFrom('loads')
      .selectAll()
      .$if(loadId !== undefined, (query) => query.where('load_id', '=', loadId ?? ''))
      .orderBy('started_at', 'desc')
      .orderBy('load_id', 'desc')
      .execute(),
    db
      .selectFrom('load_files')
      .selectAll()
      .$if(loadId !== undefined, (query) => query.where('load_id', '=', loadId ?? ''))
      .orderBy('source_file')
      .execute(),
    db
      .selectFrom('load_counts')
      .selectAll()
      .$if(loadId !== undefined, (query) => query.where('load_id', '=', loadId ?? ''))
      .orderBy('entity')
      .execute(),
  ])
  return loads.map((load) => ({
    loadId: load.load_id,
    source: load.source,
    startedAt: load.started_at,
    finishedAt: load.finished_at,
    loadedBy: load.loaded_by,
    files: files
      .filter((file) => file.load_id === load.load_id)
      .map((file) => ({ sourceFile: file.source_file, sha256: file.sha256, byteCount: file.byte_count })),
    counts: counts
      .filter((count) => count.load_id === load.load_id)
      .map((count) => ({
        entity: count.entity as EntityName,
        read: count.read_count,
        loaded: count.loaded_count,
        unchanged: count.unchanged_count,
        superseded: count.superseded_count,
        quarantined: count.quarantined_count,
      })),
  }))
}
