import type { DuckDBConnection } from '@duckdb/node-api'
import { type EntityName, entities } from '#models/contract/entities.ts'
import { sqlIdentifier } from './sql-literal.ts'
import { contractColumns, type RowRule, stageTable } from './stage-entity.ts'

/** Rows of one entity of this load by what becomes of them: row_id and fate. */
export function fateTable(entity: EntityName): string {
  return `staging.stage.${sqlIdentifier(`${entity}_fate`)}`
}

/** Children whose interaction has not arrived, kept in canonical form so that later loads retry them. */
export function waitingTable(entity: EntityName): string {
  return sqlIdentifier(`waiting_${entity}`)
}

export const conflictRule: RowRule = {
  rule: 'conflicting_duplicate',
  field: null,
  message: 'the same key is in this load with different content and nothing says which is newer (updated_at)',
}

export const orphanRule: RowRule = {
  rule: 'orphan',
  field: 'interaction_id',
  message: 'its interaction has not been loaded; kept and tried again by every later load',
}

/** All contract columns as one comparable value. */
function content(entity: EntityName, alias: string): string {
  return `row(${contractColumns(entity)
    .map((column) => `${alias}.${sqlIdentifier(column)}`)
    .join(', ')})`
}

/**
 * Decides the fate of every staged row, set-based: `faulty` (broke a row rule), `conflicting`, `superseded` (an older
 * version, or an earlier duplicate in the load), `unchanged`, `orphan`, `changed` (replaces a row) or `new`.
 * Expects the current facts in the main schema and, for children, the interactions of this load merged already.
 */
export async function compareEntity(connection: DuckDBConnection, main: string, entity: EntityName): Promise<void> {
  const key = sqlIdentifier(entities[entity].key)
  const stage = stageTable(entity)
  const facts = `${main}.${sqlIdentifier(entity)}`
  const twice = `staging.stage.${sqlIdentifier(`${entity}_twice`)}`

  // Keys that occur more than once in the load are few; only they need windows.
  await connection.run(`CREATE TABLE ${twice} AS
    WITH repeated AS (
      SELECT source, ${key} FROM ${stage} WHERE fault IS NULL GROUP BY source, ${key} HAVING count(*) > 1
    ),
    versions AS (
      SELECT s.rowid AS row_id, s.source, s.${key}, s.updated_at, files.file_number, s.source_row,
        ${content(entity, 's')} AS content,
        max(s.updated_at) OVER versions_of_key AS newest,
        bool_or(s.updated_at IS NULL) OVER versions_of_key AS has_undated
      FROM ${stage} s
      JOIN repeated USING (source, ${key})
      JOIN staging.stage.files AS files ON files.source_file = s.source_file
      WHERE s.fault IS NULL
      WINDOW versions_of_key AS (PARTITION BY s.source, s.${key})
    ),
    keys AS (
      SELECT source, ${key}, count(DISTINCT content) AS content_count,
        count(DISTINCT content) FILTER (WHERE updated_at = newest) AS newest_content_count
      FROM versions GROUP BY source, ${key}
    )
    SELECT row_id, CASE
      WHEN content_count > 1 AND has_undated THEN 'conflicting'
      WHEN updated_at < newest THEN 'superseded'
      WHEN newest_content_count > 1 THEN 'conflicting'
      WHEN row_number() OVER (PARTITION BY source, ${key}
        ORDER BY updated_at DESC, file_number DESC, source_row DESC, row_id DESC) > 1 THEN 'superseded'
    END AS fate
    FROM versions JOIN keys USING (source, ${key})`)

  const isChild = entities[entity].parent !== null
  await connection.run(`CREATE TABLE ${fateTable(entity)} AS
    SELECT s.rowid AS row_id, CASE
      WHEN s.fault IS NOT NULL THEN 'faulty'
      WHEN twice.fate IS NOT NULL THEN twice.fate
      WHEN s.updated_at < fact.updated_at ${isChild ? 'OR s.updated_at < waiting.updated_at' : ''} THEN 'superseded'
      WHEN fact.${key} IS NOT NULL AND ${content(entity, 's')} IS NOT DISTINCT FROM ${content(entity, 'fact')}
        THEN 'unchanged'
      ${isChild ? "WHEN parent.interaction_id IS NULL THEN 'orphan'" : ''}
      WHEN fact.${key} IS NOT NULL THEN 'changed'
      ELSE 'new'
    END AS fate
    FROM ${stage} s
    LEFT JOIN ${twice} twice ON twice.row_id = s.rowid
    LEFT JOIN ${facts} fact ON fact.source = s.source AND fact.${key} = s.${key}
    ${
      isChild
        ? `LEFT JOIN ${main}.${waitingTable(entity)} waiting ON waiting.source = s.source AND waiting.${key} = s.${key}
           LEFT JOIN ${main}.interactions parent
             ON parent.source = s.source AND parent.interaction_id = s.interaction_id`
        : ''
    }`)
  await connection.run(`DROP TABLE ${twice}`)
}
