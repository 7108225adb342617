import type { DuckDBConnection } from '@duckdb/node-api'
import { type EntityName, entities } from '#models/contract/entities.ts'
import { sqlIdentifier } from './sql-literal.ts'
import { countOf } from './sql-step.ts'
import { contractColumns, type RowRule, type Stage, waitingTable } from './stage-entity.ts'

/**
 * Rows of one entity of this load by what becomes of them: row_id and fate. Of an adopted stage only the rows that do
 * not become facts are in it.
 */
export function fateTable(entity: EntityName): string {
  return `staging.stage.${sqlIdentifier(`${entity}_fate`)}`
}

/** Staged rows whose key is among the facts: row_id, fact_id (the fact's rowid), is_older, is_same. */
export function matchTable(entity: EntityName): string {
  return `staging.stage.${sqlIdentifier(`${entity}_match`)}`
}

export const conflictRule: RowRule = {
  rule: 'conflicting_duplicate',
  field: null,
  message: 'the same key is in this load with different content and nothing says which is newer (updated_at)',
}

export const orphanRule: RowRule = {
  rule: 'orphan',
  field: 'interaction_id',
  message: 'its interaction has not been loaded',
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
export async function compareEntity(connection: DuckDBConnection, main: string, stage: Stage): Promise<void> {
  const { entity } = stage
  const twice = `staging.stage.${sqlIdentifier(`${entity}_twice`)}`
  await findDuplicates(connection, stage, twice)
  if (stage.isAdopted) await compareWithNothing(connection, main, stage, twice)
  else await compareWithFacts(connection, main, stage, twice)
  await connection.run(`DROP TABLE ${twice}`)
}

/** Keys that occur more than once in the load are few: hashes find them, only they need windows. */
async function findDuplicates(connection: DuckDBConnection, stage: Stage, twice: string): Promise<void> {
  const key = sqlIdentifier(entities[stage.entity].key)
  await connection.run(`CREATE TABLE ${twice} AS
    WITH suspected AS (
      SELECT hash(source, ${key}) AS key_hash FROM ${stage.table} WHERE fault IS NULL
      GROUP BY key_hash HAVING count(*) > 1
    ),
    suspects AS (
      SELECT rowid AS row_id, * FROM ${stage.table}
      WHERE fault IS NULL AND hash(source, ${key}) IN (FROM suspected)
    ),
    versions AS (
      SELECT s.row_id, s.source, s.${key}, s.updated_at, files.file_number, s.source_row,
        ${content(stage.entity, 's')} AS content,
        max(s.updated_at) OVER versions_of_key AS newest,
        bool_or(s.updated_at IS NULL) OVER versions_of_key AS has_undated
      FROM suspects s
      JOIN staging.stage.files AS files ON files.source_file = s.source_file
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
}

/** Before the first facts of an entity nothing can be unchanged or changed: only what is not new is written down. */
async function compareWithNothing(
  connection: DuckDBConnection,
  main: string,
  { entity, table }: Stage,
  twice: string,
): Promise<void> {
  await connection.run(`CREATE TABLE ${fateTable(entity)} AS
    SELECT rowid AS row_id, 'faulty' AS fate FROM ${table} WHERE fault IS NOT NULL
    UNION ALL SELECT row_id, fate FROM ${twice} WHERE fate IS NOT NULL`)
  if (entities[entity].parent === null) return
  // Mostly there is nothing in it, and looking every row up would cost as much as looking for its interaction.
  const isDecided = (await countOf(connection, `SELECT count(*) FROM ${fateTable(entity)}`)) > 0
  await connection.run(`INSERT INTO ${fateTable(entity)}
    SELECT s.rowid, 'orphan' FROM ${table} s
    WHERE s.fault IS NULL ${isDecided ? `AND s.rowid NOT IN (SELECT row_id FROM ${fateTable(entity)})` : ''}
      AND NOT EXISTS (FROM ${main}.interactions parent
        WHERE parent.source = s.source AND parent.interaction_id = s.interaction_id)`)
}

async function compareWithFacts(
  connection: DuckDBConnection,
  main: string,
  { entity, table }: Stage,
  twice: string,
): Promise<void> {
  const key = sqlIdentifier(entities[entity].key)
  const facts = `${main}.${sqlIdentifier(entity)}`
  const match = matchTable(entity)
  // Keys first, contents only of those that match: of many facts a small load touches few.
  await connection.run(`CREATE TABLE ${match} AS
    WITH keys AS (
      SELECT s.rowid AS row_id, fact.rowid AS fact_id, coalesce(s.updated_at < fact.updated_at, false) AS is_older
      FROM ${table} s JOIN ${facts} fact ON fact.source = s.source AND fact.${key} = s.${key}
      WHERE s.fault IS NULL
    )
    SELECT keys.*, ${content(entity, 's')} IS NOT DISTINCT FROM ${content(entity, 'fact')} AS is_same
    FROM keys JOIN ${table} s ON s.rowid = keys.row_id JOIN ${facts} fact ON fact.rowid = keys.fact_id`)

  const isChild = entities[entity].parent !== null
  await connection.run(`CREATE TABLE ${fateTable(entity)} AS
    SELECT s.rowid AS row_id, CASE
      WHEN s.fault IS NOT NULL THEN 'faulty'
      WHEN twice.fate IS NOT NULL THEN twice.fate
      WHEN match.is_older ${isChild ? 'OR s.updated_at < waiting.updated_at' : ''} THEN 'superseded'
      WHEN match.is_same THEN 'unchanged'
      ${isChild ? "WHEN parent.interaction_id IS NULL THEN 'orphan'" : ''}
      WHEN match.fact_id IS NOT NULL THEN 'changed'
      ELSE 'new'
    END AS fate
    FROM ${table} s
    LEFT JOIN ${twice} twice ON twice.row_id = s.rowid
    LEFT JOIN ${match} match ON match.row_id = s.rowid
    ${
      isChild
        ? `LEFT JOIN ${main}.${waitingTable(entity)} waiting ON waiting.source = s.source AND waiting.${key} = s.${key}
           LEFT JOIN ${main}.interactions parent
             ON parent.source = s.source AND parent.interaction_id = s.interaction_id`
        : ''
    }`)
}
