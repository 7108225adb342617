import type { DuckDBConnection } from '@duckdb/node-api'
import { entityColumns } from '#models/contract/columns.ts'
import { type EntityName, entities, entityNames } from '#models/contract/entities.ts'
import { rowChecks } from '#models/contract/row-checks.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { SqlDialect } from '#models/warehouse/sql-dialect.ts'
import { castToContract } from './cast-to-contract.ts'
import { checkMappingSql } from './check-mapping-sql.ts'
import { pseudonymSql } from './pseudonym.ts'
import { type MappingLimits, runMapping } from './run-mapping.ts'
import { sqlIdentifier, sqlLiteral } from './sql-literal.ts'
import { countOf, type OnShare } from './sql-step.ts'

/** Why a row was refused. */
export interface RowRule {
  rule: string
  field: string | null
  /** What is wrong, without the value. */
  message: string
}

/** The rows of one entity of this load, typed by the contract, and the rules they were held against. */
export interface Stage {
  entity: EntityName
  /**
   * Qualified name of the table: the contract's columns, the lineage, `fault` (index into `rules` of the first rule
   * broken, null when sound) and `given` (the mapped values as JSON, only of faulty rows).
   */
  table: string
  rules: readonly RowRule[]
  /** There were no facts yet: the table lies among them already and becomes them, without a copy. */
  isAdopted: boolean
}

export function contractColumns(entity: EntityName): string[] {
  return entityColumns(entity).map(({ name }) => name)
}

/**
 * Runs a mapping over the raw relations and keeps every row it gives. `main` is the qualified schema of the facts.
 * `deferred` is there when the mapping runs row by row over a relation that is parsed only now: its rows are numbered
 * afterwards, and it is called to tell what is wrong with a file when that fails.
 * Throws bad_input when the mapping is no single SELECT, fails, goes beyond its limits, or gives wrong columns.
 */
export async function stageEntity(
  connection: DuckDBConnection,
  dialect: SqlDialect,
  main: string,
  mapping: { entity: EntityName; file: string; sql: string },
  relations: ReadonlySet<string>,
  load: {
    loadId: string
    now: Date
    isHashingCustomers: boolean
    /** Some rows will be refused that must leave no trace. */
    isScreening: boolean
    /** Gives every row of its relation once and passes its number through. */
    isRowByRow: boolean
    limits: MappingLimits
  },
  onShare: OnShare,
  deferred?: () => Promise<void>,
): Promise<Stage> {
  const { entity } = mapping
  const select = await singleSelect(connection, mapping)
  await checkMappingSql(connection, { file: mapping.file, sql: select }, relations)
  const engineTypes = await describeMapping(connection, select, mapping)
  // A row of an erased customer or a retired contact must not even pass through the file that is published.
  const isAdopted = !load.isScreening && (await isWithoutRows(connection, main, entity))
  const table = isAdopted ? `${main}.${sqlIdentifier(`staged_${entity}`)}` : stagingTable(entity)
  const fields = entityColumns(entity).map(({ name, type }) => ({
    name,
    columnType: type,
    engineType: engineTypes.get(name),
  }))
  const checks = rowChecks(entity, {
    dialect,
    now: load.now,
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
  const mapped = (name: string) =>
    load.isHashingCustomers && name === 'customer_id'
      ? pseudonymSql(`CAST(${sqlIdentifier(name)} AS VARCHAR)`)
      : sqlIdentifier(name)
  const typed = fields.map(({ name, columnType, engineType }) =>
    engineType === undefined
      ? `CAST(NULL AS ${dialect.columnType(columnType)}) AS ${sqlIdentifier(name)}`
      : `${castToContract(dialect, mapped(name), engineType, columnType)} AS ${sqlIdentifier(name)}`,
  )
  // Rows that bring their number need no order. The engine then fills its blocks of rows, which otherwise follow those of
  // the file and are written anew, merged, by every checkpoint.
  const isOrderKept = !load.isRowByRow || deferred !== undefined
  const before = `CREATE TABLE ${table} AS
      SELECT * REPLACE (CASE WHEN fault IS NOT NULL THEN to_json(given) END AS given)
      FROM (
        SELECT *, CAST(CASE ${branches.join('\n')} END AS USMALLINT) AS fault
        FROM (
          SELECT ${typed.join(',\n')}, ${sqlLiteral(load.loadId)} AS load_id,
            CAST(source_file AS VARCHAR) AS source_file, CAST(source_row AS BIGINT) AS source_row,
            ${dialect.instant(load.now)} AS loaded_at,
            {${givenStruct}} AS given
          FROM (`
  try {
    await connection.run(`SET preserve_insertion_order = ${isOrderKept}`)
    await runMapping(connection, mapping.file, `${before}${select}\n)))`, onShare, load.limits)
  } catch (cause) {
    if (cause instanceof OversightError) throw cause
    await deferred?.()
    throw mappingError(mapping.file, cause, before.split('\n').length - 1)
  }
  await connection.run('SET preserve_insertion_order = true')
  if (deferred !== undefined) await numberRows(connection, table)
  const strays = await countOf(
    connection,
    `SELECT count(*) FROM ${table} s
    WHERE s.source_row IS NULL OR s.source_file NOT IN (SELECT source_file FROM staging.stage.files)`,
  )
  if (strays > 0) {
    throw new OversightError(
      'bad_input',
      `${mapping.file}: ${strays} rows have no source_row, or a source_file that is none of the files read. Pass both through from the raw relation.`,
    )
  }
  return { entity, table, isAdopted, rules: checks.map(({ rule, field, message }) => ({ rule, field, message })) }
}

/**
 * Gives every row its place in its file. The engine keeps the order of the files in the table, each of which lies there
 * in one piece; counting while parsing would take one core.
 */
async function numberRows(connection: DuckDBConnection, table: string): Promise<void> {
  const reader = await connection.runAndReadAll(
    `SELECT source_file, min(rowid), max(rowid) - min(rowid) + 1 = count(*) FROM ${table} GROUP BY source_file`,
  )
  const files = reader.getRows()
  if (files.some(([, , isInOnePiece]) => isInOnePiece !== true)) {
    throw new OversightError('internal', `The rows of ${table} do not lie file by file; please report this.`)
  }
  if (files.length === 0) return
  const firsts = files.map(([file, first]) => `WHEN ${sqlLiteral(String(file))} THEN ${first}`)
  const first = files.length === 1 ? files[0]?.[1] : `CASE source_file ${firsts.join(' ')} END`
  await connection.run(`UPDATE ${table} SET source_row = rowid - ${first} + 1`)
}

/** An entity that the source does not map: no rows, so that waiting rows of it are still tried again. */
export async function stageNothing(connection: DuckDBConnection, main: string, entity: EntityName): Promise<Stage> {
  const table = stagingTable(entity)
  await connection.run(`CREATE TABLE ${table} AS
    SELECT *, CAST(NULL AS JSON) AS given, CAST(NULL AS USMALLINT) AS fault
    FROM ${main}.${sqlIdentifier(entity)} LIMIT 0`)
  return { entity, table, isAdopted: false, rules: [] }
}

function stagingTable(entity: EntityName): string {
  return `staging.stage.${sqlIdentifier(entity)}`
}

/** Whether there are neither facts of the entity nor rows of it that wait to become facts. */
async function isWithoutRows(connection: DuckDBConnection, main: string, entity: EntityName): Promise<boolean> {
  const tables = [sqlIdentifier(entity), ...(entities[entity].parent === null ? [] : [waitingTable(entity)])]
  const rows = tables.map((table) => `SELECT 1 FROM ${main}.${table} LIMIT 1`)
  return (
    (await countOf(connection, `SELECT count(*) FROM (${rows.map((row) => `(${row})`).join(' UNION ALL ')})`)) === 0
  )
}

/** Children whose interaction has not arrived, kept in canonical form so that later loads retry them. */
export function waitingTable(entity: EntityName): string {
  return sqlIdentifier(`waiting_${entity}`)
}

/** Makes the tables of waiting children that are not there yet. */
export async function createWaitingTables(connection: DuckDBConnection, main: string): Promise<void> {
  for (const entity of entityNames) {
    if (entities[entity].parent === null) continue
    await connection.run(`CREATE TABLE IF NOT EXISTS ${main}.${waitingTable(entity)} AS
      FROM ${main}.${sqlIdentifier(entity)} LIMIT 0`)
  }
}

/** A mapping may only select: whatever else a folder holds is refused before it runs. */
async function singleSelect(connection: DuckDBConnection, mapping: { file: string; sql: string }): Promise<string> {
  // Whole, so that the lines that the engine names are those of the file.
  const sql = mapping.sql.trimEnd().replace(/;\s*$/, '')
  const noSelect = (what: string) =>
    new OversightError('bad_input', `${mapping.file}: ${what}; a mapping is exactly one SELECT.`)
  if (sql.replaceAll(/--.*|\/\*[\s\S]*?\*\//g, '').trim() === '') throw noSelect('holds no statement')
  let count: number
  try {
    count = (await connection.extractStatements(sql)).count
  } catch (cause) {
    throw mappingError(mapping.file, cause)
  }
  if (count !== 1) throw noSelect(`holds ${count} statements`)
  try {
    // As a subquery nothing but a SELECT parses; PRAGMA and the like announce themselves as SELECT otherwise.
    await connection.extractStatements(`SELECT * FROM (${sql}\n)`)
  } catch {
    throw noSelect('holds another statement')
  }
  return sql
}

/** The columns that a mapping gives, with their engine types. Throws bad_input when they do not fit the contract. */
export async function describeMapping(
  connection: DuckDBConnection,
  select: string,
  mapping: { entity: EntityName; file: string },
): Promise<Map<string, string>> {
  let columns: Map<string, string>
  try {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM (${select}\n)`)
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

/** The engine names lines of the statement that it ran, which may have others before those of the mapping. */
function mappingError(file: string, cause: unknown, linesBefore = 0): OversightError {
  const message = (cause instanceof Error ? cause.message.trim() : String(cause)).replace(
    /(?<=^LINE )\d+(?=: )/m,
    // As wide as before: a caret below points into the line.
    (line) => String(Number(line) - linesBefore).padStart(line.length),
  )
  return new OversightError('bad_input', `${file}: the mapping fails: ${message}`, { cause })
}
