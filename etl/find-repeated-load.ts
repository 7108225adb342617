import { createHash } from 'node:crypto'
import { entityColumns } from '#models/contract/columns.ts'
import { type EntityName, entityNames } from '#models/contract/entities.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import type { EntityReport } from './load-report.ts'
import type { LoadInput } from './read/input-file.ts'
import type { SourceFolder } from './source-folder.ts'

/** Goes up when reading or checking changes, so that files are read again that would give other rows. */
const readerVersion = 1

/** Hash of everything besides the files that decides which rows they give. */
export function settingsSha256(source: SourceFolder, pseudonymKey: Buffer | undefined): string {
  // How far a source reaches decides no row.
  const { directory: _, live: __, loadedThrough: ___, mappings, ...options } = source
  const settings = {
    readerVersion,
    key: pseudonymKey === undefined ? null : createHash('sha256').update(pseudonymKey).digest('hex'),
    options,
    mappings: mappings.map(({ entity, sql }) => ({ entity, sql })),
    contract: entityNames.map((entity) => ({ entity, columns: entityColumns(entity) })),
  }
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex')
}

export interface RepeatedLoad {
  loadId: string
  entities: Partial<Record<EntityName, EntityReport>>
}

/**
 * The earlier load of exactly these files under the same settings, when reading them again could change nothing: it
 * refused no row, and no load since brought or changed one. What it loaded is unchanged now.
 */
export async function findRepeatedLoad(
  warehouse: Warehouse,
  settings: string,
  inputs: readonly LoadInput[],
): Promise<RepeatedLoad | undefined> {
  const { db } = warehouse
  const runs = await db
    .selectFrom('load_runs')
    .select(['load_id', 'snapshot_id', 'settings_sha256'])
    .orderBy('snapshot_id', 'desc')
    .execute()
  for (const run of runs) {
    const counts = await db.selectFrom('load_counts').selectAll().where('load_id', '=', run.load_id).execute()
    const files = await db
      .selectFrom('load_files')
      .select(['source_file', 'sha256'])
      .where('load_id', '=', run.load_id)
      .execute()
    const isSame = run.settings_sha256 === settings && namesOf(files) === namesOf(inputs.map(asFile))
    if (isSame) {
      if (counts.some((count) => count.quarantined_count > 0)) return undefined
      return { loadId: run.load_id, entities: Object.fromEntries(counts.map(unchanged)) }
    }
    // Whatever came later may have replaced rows of the load that is looked for.
    if (counts.some((count) => count.loaded_count > 0 || count.quarantined_count > 0)) return undefined
  }
  return undefined
}

function unchanged(count: { entity: string; read_count: number; superseded_count: number }) {
  const report: EntityReport = {
    read: count.read_count,
    loaded: 0,
    unchanged: count.read_count - count.superseded_count,
    superseded: count.superseded_count,
    quarantined: 0,
    quarantinedByRule: {},
    reasons: [],
    retried: 0,
    recovered: 0,
  }
  return [count.entity, report] as const
}

function asFile({ sourceFile, sha256 }: LoadInput) {
  return { source_file: sourceFile, sha256 }
}

function namesOf(files: readonly { source_file: string; sha256: string }[]): string {
  return files
    .map(({ source_file, sha256 }) => `${sha256} ${source_file}`)
    .sort()
    .join('\n')
}
