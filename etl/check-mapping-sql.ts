import type { DuckDBConnection } from '@duckdb/node-api'
import { OversightError } from '#models/oversight-error.ts'

/** Functions in FROM that only make rows of their arguments. All others may reach files, settings or other tables. */
const harmlessRowFunctions = new Set(['unnest', 'range', 'generate_series', 'json_each', 'json_tree'])

/** Functions that tell about the engine or its surroundings, or write there, instead of reading the row. */
const refusedFunctions = new Set(
  `getvariable getvariable_blob getenv current_setting nextval currval write_log current_query txid_current version
  current_database current_catalog current_schema current_schemas in_search_path current_user session_user current_role
  user current_connection_id pg_backend_pid inet_server_addr pg_conf_load_time pg_postmaster_start_time`.split(/\s+/),
)

/**
 * Holds a mapping's SELECT against what it may read: its source's raw relations by their plain names and its own common
 * table expressions. The engine's parser decides what the text means, nothing is matched in the text.
 * Throws bad_input naming what it may not read.
 */
export async function checkMappingSql(
  connection: DuckDBConnection,
  mapping: { file: string; sql: string },
  relations: ReadonlySet<string>,
): Promise<void> {
  const refuse = (what: string) => {
    throw new OversightError(
      'bad_input',
      `${mapping.file}: a mapping may only select from its source's relations (${[...relations].sort().join(', ')}), not from ${what}.`,
    )
  }
  const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [mapping.sql])
  const tree = JSON.parse(String(reader.getRows()[0]?.[0])) as {
    error?: boolean
    error_message?: string
    statements?: unknown[]
  }
  if (tree.error === true || tree.statements?.length !== 1) {
    throw new OversightError(
      'bad_input',
      `${mapping.file}: a mapping is exactly one SELECT${tree.error_message === undefined ? '' : ` (${tree.error_message})`}.`,
    )
  }
  for (const { node, readable } of scopedNodes(tree, lowerCase(relations))) {
    if (node.type === 'BASE_TABLE') {
      const name = String(node.table_name)
      const isQualified = [node.catalog_name, node.schema_name].some((part) => part !== '' && part !== undefined)
      if (isQualified || !readable.has(name.toLowerCase())) refuse(`"${name}"`)
    }
    if (node.type === 'SHOW_REF') refuse('what SHOW, DESCRIBE or SUMMARIZE tell')
    if (node.type === 'TABLE_FUNCTION') {
      const name = String((node.function as { function_name?: unknown } | undefined)?.function_name)
      if (!harmlessRowFunctions.has(name.toLowerCase())) refuse(`the function ${name}`)
    }
    const called = node.function_name
    if (typeof called === 'string' && refusedFunctions.has(called.toLowerCase())) refuse(`the function ${called}`)
  }
}

type SqlNode = Record<string, unknown>

/**
 * Every object in the serialised statement with the tables that it may read by a plain name. A common table expression
 * is seen only by its own statement and by those after it in the same list, and by itself only when it is recursive:
 * anywhere else its name would mean something else.
 */
function* scopedNodes(
  value: unknown,
  readable: ReadonlySet<string>,
): Generator<{ node: SqlNode; readable: ReadonlySet<string> }> {
  if (Array.isArray(value)) {
    for (const each of value) yield* scopedNodes(each, readable)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const node = value as SqlNode
  const { cte_map: commonTables, ...rest } = node
  let seen = node.type === 'RECURSIVE_CTE_NODE' ? withName(readable, node.cte_name) : readable
  yield { node, readable: seen }
  for (const { key, value: table } of (commonTables as { map?: { key: string; value: unknown }[] } | null)?.map ?? []) {
    yield* scopedNodes(table, seen)
    seen = withName(seen, key)
  }
  for (const each of Object.values(rest)) yield* scopedNodes(each, seen)
}

function withName(names: ReadonlySet<string>, name: unknown): ReadonlySet<string> {
  return new Set([...names, String(name).toLowerCase()])
}

function lowerCase(names: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].map((name) => name.toLowerCase()))
}
