import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import type { ReadPostgresRelation } from './read/read-postgres-relations.ts'
import type { SourceFolder } from './source-folder.ts'

/**
 * The watermark that the last published load of this relation reached. Null, so that everything is read, before the
 * first load and after any change of the source, its mappings or the contract: rows read under other ones would differ.
 */
export async function lastWatermark(
  { db }: Pick<Warehouse, 'db'>,
  source: SourceFolder,
  settings: string,
  read: { sourceFile: string; column: string | undefined },
): Promise<string | null> {
  const last = await db
    .selectFrom('load_relations')
    .innerJoin('load_runs', 'load_runs.load_id', 'load_relations.load_id')
    .innerJoin('loads', 'loads.load_id', 'load_relations.load_id')
    .select(['load_runs.settings_sha256', 'load_relations.watermark_column', 'load_relations.watermark'])
    .where('loads.source', '=', source.name)
    .where('load_relations.source_file', '=', read.sourceFile)
    .orderBy('load_runs.snapshot_id', 'desc')
    .executeTakeFirst()
  const isSame = last?.settings_sha256 === settings && last.watermark_column === (read.column ?? null)
  return isSame ? last.watermark : null
}

/** Writes down what the load read from PostgreSQL; it is published with the rows or not at all. */
export async function recordRelations(
  { db }: Pick<Warehouse, 'db'>,
  loadId: string,
  relations: readonly ReadPostgresRelation[],
): Promise<void> {
  if (relations.length === 0) return
  await db
    .insertInto('load_relations')
    .values(
      relations.map(({ files, sourceFile, rowCount, watermark }) => ({
        load_id: loadId,
        relation: files.relation,
        source_file: sourceFile,
        row_count: rowCount,
        watermark_column: watermark?.column ?? null,
        read_from: watermark?.from ?? null,
        watermark: watermark?.reached ?? null,
      })),
    )
    .execute()
}
