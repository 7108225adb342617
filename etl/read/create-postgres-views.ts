import type { DuckDBConnection } from '@duckdb/node-api'
import { sqlIdentifier, sqlLiteral } from '../sql-literal.ts'
import { declaredColumn, declaredColumns } from './declared-column.ts'
import type { ReadPostgresRelation } from './read-postgres-relations.ts'

/**
 * Makes the raw relations of what was read from PostgreSQL, in schema staging.raw: source_file, source_row and the
 * declared columns. `firstNumber` continues the numbers of the files. Expects the staging area.
 */
export async function createPostgresViews(
  connection: DuckDBConnection,
  relations: readonly ReadPostgresRelation[],
  firstNumber: number,
): Promise<{ warnings: string[]; absentColumns: { sourceFile: string; columns: string[] }[] }> {
  const warnings: string[] = []
  for (const [index, { files, sourceFile, table, columns, ignoredColumns }] of relations.entries()) {
    await connection.run(`INSERT INTO staging.stage.files VALUES (${sqlLiteral(sourceFile)}, ${firstNumber + index})`)
    const selected = declaredColumns(files).map((column) =>
      declaredColumn(column, files, (name) => (columns.includes(name) ? `c${columns.indexOf(name)}` : 'NULL::VARCHAR')),
    )
    // Nothing is ever deleted from the table, so a row's place in it is its number.
    await connection.run(`CREATE VIEW staging.raw.${sqlIdentifier(files.relation)} AS
      SELECT ${sqlLiteral(sourceFile)} AS source_file, rowid + 1 AS source_row, ${selected.join(', ')} FROM ${table}`)
    if (ignoredColumns.length > 0) {
      const names = [...ignoredColumns].sort().join(', ')
      warnings.push(`${sourceFile}: columns that are not known were ignored: ${names}.`)
    }
  }
  return {
    warnings,
    absentColumns: relations
      .filter(({ absentColumns }) => absentColumns.length > 0)
      .map(({ sourceFile, absentColumns }) => ({ sourceFile, columns: absentColumns })),
  }
}
