import { type DuckDBConnection, listValue } from '@duckdb/node-api'
import type { LoadReport } from './load-report.ts'
import { listRefusedRows } from './quarantine.ts'
import { isBinary, isCsv } from './read/read-table-file.ts'
import { recordLines } from './read/record-lines.ts'
import type { PreparedFile } from './read-files.ts'

/** Of more refused rows of one file than this only the first get their line. */
const mostRows = 100_000

/**
 * Looks up on which physical lines of their text files the refused rows begin, for staging.stage.lines and the reasons of
 * the report. Sound rows cost nothing: only files with refused rows are read again, up to the last of them.
 */
export async function locateRefused(
  connection: DuckDBConnection,
  entities: LoadReport['entities'],
  prepared: readonly PreparedFile[],
): Promise<void> {
  for (const { input, files } of prepared) {
    if ('relations' in files || isBinary(files, input.plainName)) continue
    const rows = await listRefusedRows(connection, entities, input.sourceFile, mostRows)
    if (rows.length === 0) continue
    const delimiter = isCsv(files, input.plainName) ? files.delimiter : null
    const lines = await recordLines(input.path, rows, delimiter)
    await connection.run('INSERT INTO staging.stage.lines SELECT $1, unnest($2::BIGINT[]), unnest($3::BIGINT[])', [
      input.sourceFile,
      listValue([...lines.keys()].map(BigInt)),
      listValue([...lines.values()].map(BigInt)),
    ])
    for (const reason of Object.values(entities).flatMap(({ reasons }) => reasons)) {
      if (reason.sourceFile === input.sourceFile) reason.sourceLine = lines.get(reason.sourceRow) ?? null
    }
  }
}
