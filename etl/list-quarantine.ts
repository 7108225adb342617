import type { DuckDBConnection } from '@duckdb/node-api'
import { type EntityName, entities, entityNames } from '#models/contract/entities.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { sqlLiteral } from './sql-literal.ts'
import { waitingTable } from './stage-entity.ts'

export interface QuarantineFilter {
  load?: string | undefined
  entity?: EntityName | undefined
  rule?: string | undefined
  limit?: number | undefined
}

/** A refused row: where it is and why, never what it says. */
export interface QuarantinedRow {
  loadId: string
  entity: string
  rule: string
  field: string | null
  sourceFile: string
  sourceRow: number
  /** Line of a text file on which it begins; null elsewhere. */
  sourceLine: number | null
  message: string
  /** waiting: an orphan that every load tries again; recovered: its interaction came; refused: all others. */
  state: 'refused' | 'waiting' | 'recovered'
}

/** The quarantine of a snapshot, latest load first, then in the order of the files. */
export async function listQuarantine(
  warehouse: Warehouse,
  filter: QuarantineFilter,
): Promise<{ rows: QuarantinedRow[]; total: number }> {
  const connection = warehouse.connection()
  const conditions = [
    filter.load === undefined ? [] : `load_id = ${sqlLiteral(filter.load)}`,
    filter.entity === undefined ? [] : `entity = ${sqlLiteral(filter.entity)}`,
    filter.rule === undefined ? [] : `rule = ${sqlLiteral(filter.rule)}`,
  ].flat()
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM quarantine ${where}`)
  const reader = await connection.runAndReadAll(`
    WITH waiting AS (${await waitingRows(connection)})
    SELECT load_id, entity, rule, field, source_file, source_row, ${await lineColumn(connection)}, message,
      CASE WHEN rule <> 'orphan' THEN 'refused' WHEN waiting.is_waiting THEN 'waiting' ELSE 'recovered' END
    FROM quarantine LEFT JOIN waiting USING (entity, load_id, source_file, source_row) ${where}
    ORDER BY load_id DESC, entity, source_file, source_row
    ${filter.limit === undefined ? '' : `LIMIT ${filter.limit}`}`)
  return {
    total: Number(counted.getRows()[0]?.[0] ?? 0),
    rows: reader.getRows().map(([loadId, entity, rule, field, sourceFile, sourceRow, sourceLine, message, state]) => ({
      loadId: String(loadId),
      entity: String(entity),
      rule: String(rule),
      field: field === null ? null : String(field),
      sourceFile: String(sourceFile),
      sourceRow: Number(sourceRow),
      sourceLine: sourceLine === null ? null : Number(sourceLine),
      message: String(message),
      state: String(state) as QuarantinedRow['state'],
    })),
  }
}

/** Snapshots of older versions lack the lines. */
async function lineColumn(connection: DuckDBConnection): Promise<string> {
  const reader = await connection.runAndReadAll(
    "SELECT 1 FROM duckdb_columns() WHERE table_name = 'quarantine' AND column_name = 'source_line'",
  )
  return reader.currentRowCount > 0 ? 'source_line' : 'NULL AS source_line'
}

/** Snapshots of older versions may lack the tables of waiting rows. */
async function waitingRows(connection: DuckDBConnection): Promise<string> {
  const reader = await connection.runAndReadAll(
    "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'waiting_%'",
  )
  const there = new Set(reader.getRows().map(([name]) => String(name)))
  const parts = entityNames
    .filter((entity) => entities[entity].parent !== null && there.has(`waiting_${entity}`))
    .map(
      (entity) =>
        `SELECT DISTINCT ${sqlLiteral(entity)} AS entity, load_id, source_file, source_row, true AS is_waiting FROM ${waitingTable(entity)}`,
    )
  return parts.length === 0
    ? "SELECT '' AS entity, '' AS load_id, '' AS source_file, 0 AS source_row, false AS is_waiting LIMIT 0"
    : parts.join(' UNION ALL ')
}
