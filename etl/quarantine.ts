import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { EntityName } from '#models/contract/entities.ts'
import { conflictRule, fateTable, orphanRule } from './compare-entity.ts'
import type { LoadReport, QuarantineReason } from './load-report.ts'
import { sqlIdentifier, sqlLiteral } from './sql-literal.ts'
import { contractColumns, type Stage } from './stage-entity.ts'

const retentionMilliseconds = 90 * 24 * 60 * 60 * 1000

function refusedTable(entity: EntityName): string {
  return `staging.stage.${sqlIdentifier(`${entity}_refused`)}`
}

/** Collects the refused rows of one entity with their rule, and tells how many each rule refused. */
export async function collectRefused(
  connection: DuckDBConnection,
  { entity, table, rules }: Stage,
): Promise<QuarantineReason[]> {
  const values = [...rules, conflictRule, orphanRule].map(
    ({ rule, field, message }, index) =>
      `(${index}, ${sqlLiteral(rule)}, ${field === null ? 'NULL' : sqlLiteral(field)}, ${sqlLiteral(message)})`,
  )
  const typedRow = contractColumns(entity)
    .map((column) => `${sqlLiteral(column)}: s.${sqlIdentifier(column)}`)
    .join(', ')
  await connection.run(`CREATE TABLE ${refusedTable(entity)} AS
    SELECT rules.rule, rules.field, rules.message, s.source_file, s.source_row, files.file_number,
      coalesce(s.given, to_json({${typedRow}})) AS given
    FROM ${fateTable(entity)} fate
    JOIN ${table} s ON s.rowid = fate.row_id
    JOIN staging.stage.files AS files ON files.source_file = s.source_file
    JOIN (VALUES ${values.join(', ')}) rules(number, rule, field, message) ON rules.number = CASE fate.fate
      WHEN 'faulty' THEN s.fault WHEN 'conflicting' THEN ${rules.length} ELSE ${rules.length + 1} END
    WHERE fate.fate IN ('faulty', 'conflicting', 'orphan')`)
  const reader = await connection.runAndReadAll(`
    SELECT rule, field, message, count(*), arg_min(source_file, (file_number, source_row)),
      arg_min(source_row, (file_number, source_row))
    FROM ${refusedTable(entity)} GROUP BY rule, field, message ORDER BY count(*) DESC, rule, field`)
  return reader.getRows().map(([rule, field, message, count, sourceFile, sourceRow]) => ({
    rule: String(rule),
    field: field === null ? null : String(field),
    message: String(message),
    count: Number(count),
    sourceFile: String(sourceFile),
    sourceRow: Number(sourceRow),
    sourceLine: null,
  }))
}

/** Numbers of the refused rows of one file, ascending, at most so many. */
export async function listRefusedRows(
  connection: DuckDBConnection,
  entities: LoadReport['entities'],
  sourceFile: string,
  most: number,
): Promise<number[]> {
  const tables = Object.entries(entities).flatMap(([entity, { quarantined }]) =>
    quarantined === 0 ? [] : [`SELECT source_file, source_row FROM ${refusedTable(entity as EntityName)}`],
  )
  if (tables.length === 0) return []
  const reader = await connection.runAndReadAll(`SELECT DISTINCT source_row FROM (${tables.join(' UNION ALL ')})
    WHERE source_file = ${sqlLiteral(sourceFile)} AND source_row > 0 ORDER BY source_row LIMIT ${most}`)
  return reader.getRows().map(([row]) => Number(row))
}

/** The refused rows of one entity with the lines that `locateRefused` found. */
function locatedRows(entity: EntityName): string {
  return `${refusedTable(entity)} LEFT JOIN staging.stage.lines AS lines USING (source_file, source_row)`
}

/** Adds the refused rows of one entity to the quarantine of the warehouse, without their values. */
export async function recordRefused(
  connection: DuckDBConnection,
  main: string,
  entity: EntityName,
  loadId: string,
): Promise<void> {
  // Snapshots of older versions lack the column.
  await connection.run(`ALTER TABLE ${main}.quarantine ADD COLUMN IF NOT EXISTS source_line BIGINT`)
  await connection.run(`INSERT INTO ${main}.quarantine BY NAME
    SELECT ${sqlLiteral(loadId)} AS load_id, ${sqlLiteral(entity)} AS entity, rule, field, source_file, source_row,
      source_line, message
    FROM ${locatedRows(entity)} ORDER BY file_number, source_row`)
}

/**
 * Writes the refused rows with their raw values, one JSON object per line, to a file that only its owner can read, and
 * removes such files that are older than 90 days. Returns the file.
 */
export async function writeRejects(
  connection: DuckDBConnection,
  entityNames: readonly EntityName[],
  directory: string,
  loadId: string,
  now: Date,
): Promise<string> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    if (name.endsWith('.ndjson') && now.getTime() - statSync(path).mtimeMs > retentionMilliseconds) rmSync(path)
  }
  const path = join(directory, `${loadId}.ndjson`)
  const file = openSync(path, 'wx', 0o600)
  try {
    for (const entity of entityNames) {
      const result = await connection.stream(`SELECT to_json({'entity': ${sqlLiteral(entity)}, 'rule': rule,
          'field': field, 'source_file': source_file, 'source_row': source_row, 'source_line': source_line,
          'values': given})
        FROM ${locatedRows(entity)} ORDER BY file_number, source_row`)
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        const lines = chunk.getRows().map(([line]) => `${line}\n`)
        writeSync(file, lines.join(''))
      }
    }
  } finally {
    closeSync(file)
  }
  return path
}
