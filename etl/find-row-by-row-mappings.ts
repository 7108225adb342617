import type { DuckDBConnection } from '@duckdb/node-api'
import type { EntityName } from '#models/contract/entities.ts'
import type { SourceFolder } from './source-folder.ts'

type SqlNode = Record<string, unknown>

/** Expressions that give one value per row from that row alone, as the engine's parser names them. */
const rowExpressions = new Set([
  'BETWEEN',
  'CASE',
  'CAST',
  'COLUMN_REF',
  'COMPARISON',
  'CONJUNCTION',
  'CONSTANT',
  'FUNCTION',
  'OPERATOR',
])

/** Macros that do the same; of others only their text would tell. */
const rowMacros = new Set(['nullif', 'local_instant', 'unix_instant'])

/**
 * The mappings that give every row of one relation exactly once, in its order, and only pass source_row through, with
 * that relation, which nothing else of the source reads. Their rows can be numbered after they were checked, so that a file need
 * not be written down first to count its rows. Whatever is in doubt is left out; so is SQL that does not parse.
 */
export async function findRowByRowMappings(
  connection: DuckDBConnection,
  source: SourceFolder,
): Promise<Map<EntityName, string>> {
  const rowFunctions = await namesOfRowFunctions(connection)
  const readers = new Map<string, number>()
  const found = new Map<EntityName, string>()
  for (const { entity, sql } of source.mappings) {
    const tree = await parse(connection, sql)
    for (const name of new Set(tablesOf(tree))) readers.set(name, (readers.get(name) ?? 0) + 1)
    const relation = relationRowByRow(tree, rowFunctions)
    if (relation !== undefined) found.set(entity, relation)
  }
  const declared = source.loadedThrough
  if (typeof declared === 'object') readers.set(declared.relation.toLowerCase(), 2)
  return new Map([...found].filter(([, relation]) => readers.get(relation) === 1))
}

async function parse(connection: DuckDBConnection, sql: string): Promise<SqlNode> {
  const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [
    sql.trim().replace(/;\s*$/, ''),
  ])
  return JSON.parse(String(reader.getRows()[0]?.[0])) as SqlNode
}

async function namesOfRowFunctions(connection: DuckDBConnection): Promise<Set<string>> {
  const reader = await connection.runAndReadAll(`SELECT function_name FROM duckdb_functions()
    GROUP BY function_name HAVING bool_and(function_type = 'scalar')`)
  return new Set([...reader.getRows().map(([name]) => String(name)), ...rowMacros])
}

function relationRowByRow(tree: SqlNode, rowFunctions: ReadonlySet<string>): string | undefined {
  const [statement, another] = (tree.statements ?? []) as { node?: SqlNode }[]
  const node = statement?.node
  if (node?.type !== 'SELECT_NODE' || another !== undefined) return undefined
  const { select_list, from_table, cte_map, aggregate_handling, type: _, ...clauses } = node
  const isPlain =
    aggregate_handling === 'STANDARD_HANDLING' &&
    [...Object.values(clauses), (cte_map as SqlNode | undefined)?.map].every(isEmpty)
  const { type, table_name, alias: __, ...details } = (from_table ?? {}) as SqlNode
  if (!isPlain || type !== 'BASE_TABLE') return undefined
  if (!Object.entries(details).every(([name, detail]) => name === 'query_location' || isEmpty(detail))) return undefined

  const columns = select_list as SqlNode[]
  const expressions = [...nodesOf(columns)].filter((each) => typeof each.class === 'string')
  const areRowWise = expressions.every(
    (each) =>
      rowExpressions.has(String(each.class)) &&
      (each.class !== 'FUNCTION' || rowFunctions.has(String(each.function_name).toLowerCase())),
  )
  const numbers = expressions.filter((each) => each.class === 'COLUMN_REF' && columnName(each) === 'source_row')
  const isPassedThrough =
    numbers.length === 1 &&
    columns.some((column) => column === numbers[0] && /^(source_row)?$/i.test(String(column.alias)))
  return areRowWise && isPassedThrough ? String(table_name).toLowerCase() : undefined
}

function columnName(reference: SqlNode): string {
  return String((reference.column_names as string[]).at(-1)).toLowerCase()
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

function tablesOf(tree: SqlNode): string[] {
  return [...nodesOf(tree)]
    .filter(({ type }) => type === 'BASE_TABLE')
    .map(({ table_name }) => String(table_name).toLowerCase())
}

/** Every object in the serialised statement. */
function* nodesOf(value: unknown): Generator<SqlNode> {
  if (Array.isArray(value)) for (const each of value) yield* nodesOf(each)
  else if (typeof value === 'object' && value !== null) {
    yield value as SqlNode
    for (const each of Object.values(value)) yield* nodesOf(each)
  }
}
