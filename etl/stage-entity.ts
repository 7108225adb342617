import type { DuckDBConnection } from '@duckdb/node-api'
import { entityColumns } from '#models/contract/columns.ts'
import { type EntityName, entities } from '#models/contract/entities.ts'
import { rowChecks } from '#models/contract/row-checks.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { SqlDialect } from '#models/warehouse/sql-dialect.ts'
import { castToContract } from './cast-to-contract.ts'
import { sqlIdentifier, sqlLiteral } from './sql-literal.ts'
import { countOf, type OnShare, runWithProgress } from './sql-step.ts'

/** Why a row was refused. */
export interface RowRule {
  rule: string
  field: string | null
  /** What is wrong, without the value. */
  message: string
}

/** The table with the rows of one entity of this load. */
export function stageTable(entity: EntityName): string {
  return `staging.stage.${sqlIdentifier(entity)}`
}

export function contractColumns(entity: EntityName): string[] {
  return entityColumns(entity).map(({ name }) => name)
}

/**
 * Runs a mapping over the raw relations and keeps every row it gives, typed by the contract: the contract's columns,
 * source_file, source_row, `fault` (index into the returned rules of the first rule broken, null when sound) and
 * `given` (the mapped values as JSON, only of faulty rows).
 * Throws bad_input when the mapping is no single SELECT, fails, or gives wrong columns.
 */
export async function stageEntity(
  connection: DuckDBConnection,
  dialect: SqlDialect,
  mapping: { entity: EntityName; file: string; sql: string },
  now: Date,
  onShare: OnShare,
): Promise<RowRule[]> {
  const { entity } = mapping
  const select = await singleSelect(connection, mapping)
  const engineTypes = await describeMapping(connection, select, mapping)
  const fields = entityColumns(entity).map(({ name, type }) => ({
    name,
    columnType: type,
    engineType: engineTypes.get(name),
  }))
  const checks = rowChecks(entity, {
    dialect,
    now,
    raw: (column) => {
      const engineType = engineTypes.get(column)
      const given = `given.${sqlIdentifier(column)}`
      if (engineType === undefined) return 'NULL'
      // Only whether a typed value was given matters; spelling it out would cost time on every row.
      return engineType === 'VARCHAR' ? given : `CASE WHEN ${given} IS NOT NULL THEN 'given' END`
    },
  })
  const branches = checks.map((check, index) => `WHEN ${check.predicate} THEN ${index}`)

  const given = fields.filter(({ engineType }) => engineType !== undefined)
  const givenStruct = given.map(({ name }) => `${sqlLiteral(name)}: ${sqlIdentifier(name)}`).join(', ')
  const typed = fields.map(({ name, columnType, engineType }) =>
    engineType === undefined
      ? `CAST(NULL AS ${dialect.columnType(columnType)}) AS ${sqlIdentifier(name)}`
      : `${castToContract(dialect, sqlIdentifier(name), engineType, columnType)} AS ${sqlIdentifier(name)}`,
  )
  try {
    await runWithProgress(
      connection,
      `CREATE TABLE ${stageTable(entity)} AS
      SELECT * REPLACE (CASE WHEN fault IS NOT NULL THEN to_json(given) END AS given)
      FROM (
        SELECT *, CAST(CASE ${branches.join('\n')} END AS USMALLINT) AS fault
        FROM (
          SELECT ${typed.join(',\n')},
            CAST(source_file AS VARCHAR) AS source_file, CAST(source_row AS BIGINT) AS source_row,
            {${givenStruct}} AS given
          FROM (\n${select}\n)
        )
      )`,
      onShare,
    )
  } catch (cause) {
    throw mappingError(mapping.file, cause)
  }
  const strays = await countOf(
    connection,
    `SELECT count(*) FROM ${stageTable(entity)} s
    WHERE s.source_row IS NULL OR s.source_file NOT IN (SELECT source_file FROM staging.stage.files)`,
  )
  if (strays > 0) {
    throw new OversightError(
      'bad_input',
      `${mapping.file}: ${strays} rows have no source_row, or a source_file that is none of the files read. Pass both through from the raw relation.`,
    )
  }
  return checks.map(({ rule, field, message }) => ({ rule, field, message }))
}

/** An entity that the source does not map: no rows, so that waiting rows of it are still tried again. */
export async function stageNothing(connection: DuckDBConnection, main: string, entity: EntityName): Promise<void> {
  const columns = [...contractColumns(entity), 'source_file', 'source_row'].map(sqlIdentifier).join(', ')
  await connection.run(`CREATE TABLE ${stageTable(entity)} AS
    SELECT ${columns}, CAST(NULL AS JSON) AS given, CAST(NULL AS USMALLINT) AS fault
    FROM ${main}.${sqlIdentifier(entity)} LIMIT 0`)
}

/** A mapping may only select: whatever else a folder holds is refused before it runs. */
async function singleSelect(connection: DuckDBConnection, mapping: { file: string; sql: string }): Promise<string> {
  const sql = mapping.sql.trim().replace(/;\s*$/, '')
  try {
    const statements = await connection.extractStatements(sql)
    if (statements.count === 1) {
      // As a subquery nothing but a SELECT parses; PRAGMA and the like announce themselves as SELECT otherwise.
      await connection.extractStatements(`SELECT * FROM (\n${sql}\n)`)
      return sql
    }
  } catch (cause) {
    throw mappingError(mapping.file, cause)
  }
  throw new OversightError('bad_input', `${mapping.file}: a mapping is exactly one SELECT.`)
}

async function describeMapping(
  connection: DuckDBConnection,
  select: string,
  mapping: { entity: EntityName; file: string },
): Promise<Map<string, string>> {
  let columns: Map<string, string>
  try {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM (\n${select}\n)`)
    columns = new Map(described.getRows().map(([name, type]) => [String(name), String(type)]))
  } catch (cause) {
    throw mappingError(mapping.file, cause)
  }
  const contract = contractColumns(mapping.entity)
  const unknown = [...columns.keys()].filter((name) => !contract.includes(name) && !/^source_(file|row)$/.test(name))
  if (unknown.length > 0) {
    throw new OversightError(
      'bad_input',
      `${mapping.file}: ${unknown.join(', ')} ${unknown.length === 1 ? 'is no column' : 'are no columns'} of ${mapping.entity}.`,
    )
  }
  const missing = ['source_file', 'source_row', 'source', entities[mapping.entity].key].filter(
    (name) => !columns.has(name),
  )
  if (missing.length > 0) {
    throw new OversightError('bad_input', `${mapping.file}: the mapping must also give ${missing.join(', ')}.`)
  }
  return columns
}

function mappingError(file: string, cause: unknown): OversightError {
  const message = cause instanceof Error ? cause.message.trim() : String(cause)
  return new OversightError('bad_input', `${file}: the mapping fails: ${message}`, { cause })
}
