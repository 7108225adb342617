import type { ColumnType } from '#models/contract/field.ts'
import type { SqlDialect } from '#models/warehouse/sql-dialect.ts'

const numeric = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*)$/

/**
 * SQL that turns a mapped value into its contract type, null when it does not cast. Values that a mapping or a Parquet
 * file gives in the right type pass; everything else is read from its text by the dialect's strict rules.
 *
 * @param engineType type of the expression as DESCRIBE spells it
 */
export function castToContract(
  dialect: SqlDialect,
  expression: string,
  engineType: string,
  columnType: ColumnType,
): string {
  if (columnType === 'instant') {
    if (engineType === 'TIMESTAMP WITH TIME ZONE') return expression
    // A typed timestamp without zone is UTC, as everywhere here; the session's zone is UTC too.
    if (/^(TIMESTAMP(_S|_MS|_NS)?|DATE)$/.test(engineType)) {
      return `CAST(CAST(${expression} AS TIMESTAMP) AS TIMESTAMPTZ)`
    }
  }
  if (columnType === 'real' && numeric.test(engineType)) {
    const value = `CAST(${expression} AS DOUBLE)`
    return `CASE WHEN isfinite(${value}) THEN ${value} END`
  }
  if (columnType === 'boolean' && engineType === 'BOOLEAN') return expression
  if (columnType === 'text_list' && engineType === 'VARCHAR[]') return expression
  return dialect.canonicalCast(engineType === 'VARCHAR' ? expression : `CAST(${expression} AS VARCHAR)`, columnType)
}
