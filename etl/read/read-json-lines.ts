import type { DuckDBConnection } from '@duckdb/node-api'
import { OversightError } from '#models/oversight-error.ts'
import { sqlLiteral } from '../sql-literal.ts'
import { type OnShare, runWithProgress } from '../sql-step.ts'
import { firstNdjsonFault } from './first-ndjson-fault.ts'
import type { InputFile } from './input-file.ts'

export const maximumRecordBytes = 16 * 2 ** 20

/**
 * Reads an NDJSON file into `table`: source_row (1-based) and json, one object per row. Blank lines are no rows.
 * Throws bad_input naming the line that is no JSON object.
 */
export async function readJsonLines(
  connection: DuckDBConnection,
  table: string,
  input: InputFile,
  onShare: OnShare = () => {},
): Promise<void> {
  try {
    await runWithProgress(
      connection,
      `CREATE TABLE ${table} AS SELECT row_number() OVER () AS source_row, json
      FROM read_ndjson_objects(${sqlLiteral(input.path)}, compression = 'uncompressed', ignore_errors = false,
        maximum_object_size = ${maximumRecordBytes})`,
      onShare,
    )
    // The engine lets lines pass that are up to twice as large as it is told.
    const other = await connection.runAndReadAll(
      `SELECT 1 FROM ${table} WHERE json_type(json) <> 'OBJECT' OR strlen(json) > ${maximumRecordBytes} LIMIT 1`,
    )
    if (other.currentRowCount > 0) throw new Error('a line is no object, or too large')
  } catch (cause) {
    const fault = await firstNdjsonFault(input.path, maximumRecordBytes)
    const where = fault === undefined ? '' : `, line ${fault.line}`
    const what = fault?.what ?? 'cannot be read as NDJSON'
    throw new OversightError('bad_input', `${input.sourceFile}${where}: ${what}. Mend the file; nothing was loaded.`, {
      cause,
      ...(fault === undefined ? {} : { details: { file: input.sourceFile, line: fault.line } }),
    })
  }
}
