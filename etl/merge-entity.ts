import type { DuckDBConnection } from '@duckdb/node-api'
import { type EntityName, entities } from '#models/contract/entities.ts'
import { compareEntity, fateTable, waitingTable } from './compare-entity.ts'
import { sqlIdentifier, sqlLiteral } from './sql-literal.ts'
import { countOf } from './sql-step.ts'
import { contractColumns, stageTable } from './stage-entity.ts'

export interface MergeCounts {
  read: number
  loaded: number
  unchanged: number
  superseded: number
  quarantined: number
  /** Orphans of earlier loads that were tried again, and those of them whose interaction is there now. */
  retried: number
  recovered: number
}

/**
 * Brings the staged rows of one entity into the facts of the warehouse being built: replaces by natural key, keeps
 * orphans waiting, tries earlier orphans again. Idempotent: the same rows again change nothing.
 */
export async function mergeEntity(
  connection: DuckDBConnection,
  main: string,
  entity: EntityName,
  load: { id: string; loadedAt: Date },
): Promise<MergeCounts> {
  const key = sqlIdentifier(entities[entity].key)
  const facts = `${main}.${sqlIdentifier(entity)}`
  const stage = stageTable(entity)
  const fate = fateTable(entity)
  const columns = contractColumns(entity).map(sqlIdentifier)
  const target = `(${[...columns, 'load_id', 'source_file', 'source_row', 'loaded_at'].join(', ')})`
  const incoming = (condition: string) => `SELECT ${columns.map((column) => `s.${column}`).join(', ')},
      ${sqlLiteral(load.id)}, s.source_file, s.source_row, TIMESTAMPTZ ${sqlLiteral(load.loadedAt.toISOString())}
    FROM ${stage} s JOIN ${fate} fate ON fate.row_id = s.rowid WHERE ${condition}`
  const isChild = entities[entity].parent !== null

  if (isChild) {
    await connection.run(`CREATE TABLE IF NOT EXISTS ${main}.${waitingTable(entity)} AS FROM ${facts} LIMIT 0`)
  }
  await compareEntity(connection, main, entity)
  const retry = isChild ? await retryWaiting(connection, main, entity) : { retried: 0, recovered: 0 }

  await connection.run(`DELETE FROM ${facts} AS fact USING ${stage} s, ${fate} fate
    WHERE fate.row_id = s.rowid AND fate.fate = 'changed' AND fact.source = s.source AND fact.${key} = s.${key}`)
  await connection.run(`INSERT INTO ${facts} ${target} ${incoming("fate.fate IN ('new', 'changed')")}`)
  if (isChild) {
    await connection.run(`INSERT INTO ${main}.${waitingTable(entity)} ${target} ${incoming("fate.fate = 'orphan'")}`)
  }

  const reader = await connection.runAndReadAll(`SELECT fate, count(*) FROM ${fate} GROUP BY fate`)
  const fates = new Map(reader.getRows().map(([name, count]) => [String(name), Number(count)]))
  const sum = (...names: string[]) => names.reduce((total, name) => total + (fates.get(name) ?? 0), 0)
  return {
    read: await countOf(connection, `SELECT count(*) FROM ${stage}`),
    loaded: sum('new', 'changed'),
    unchanged: sum('unchanged'),
    superseded: sum('superseded'),
    quarantined: sum('faulty', 'conflicting', 'orphan'),
    ...retry,
  }
}

/** Waiting orphans: a newer version in this load takes their place; the others become facts when their parent is there. */
async function retryWaiting(
  connection: DuckDBConnection,
  main: string,
  entity: EntityName,
): Promise<{ retried: number; recovered: number }> {
  const key = sqlIdentifier(entities[entity].key)
  const facts = `${main}.${sqlIdentifier(entity)}`
  const waiting = `${main}.${waitingTable(entity)}`
  await connection.run(`DELETE FROM ${waiting} AS waiting USING ${stageTable(entity)} s, ${fateTable(entity)} fate
    WHERE fate.row_id = s.rowid AND fate.fate IN ('new', 'changed', 'unchanged', 'orphan')
      AND waiting.source = s.source AND waiting.${key} = s.${key}`)
  const retried = await countOf(connection, `SELECT count(*) FROM ${waiting}`)
  if (retried === 0) return { retried, recovered: 0 }
  const hasParent = `EXISTS (FROM ${main}.interactions parent
    WHERE parent.source = waiting.source AND parent.interaction_id = waiting.interaction_id)`
  const recovered = await countOf(connection, `SELECT count(*) FROM ${waiting} AS waiting WHERE ${hasParent}`)
  await connection.run(`DELETE FROM ${facts} AS fact USING ${waiting} AS waiting
    WHERE fact.source = waiting.source AND fact.${key} = waiting.${key} AND ${hasParent}`)
  await connection.run(`INSERT INTO ${facts} BY NAME SELECT * FROM ${waiting} AS waiting WHERE ${hasParent}`)
  await connection.run(`DELETE FROM ${waiting} AS waiting WHERE ${hasParent}`)
  return { retried, recovered }
}
