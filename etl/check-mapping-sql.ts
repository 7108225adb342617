import type { DuckDBConnection } from '@duckdb/node-api'
import { OversightError } from '#models/oversight-error.ts'

/** Functions in FROM that only make rows of their arguments. All others may reach files, settings or other tables. */
const harmlessRowFunctions = new Set(['unnest', 'range', 'generate_series', 'json_each', 'json_tree'])

/** Functions that tell about the engine or its surroundings instead of the row. */
const refusedFunctions = new Set(['getvariable', 'getenv', 'current_setting', 'nextval', 'currval', 'getvariable_blob'])

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
  const nodes = [...nodesOf(tree)]
  const readable = new Set([...relations, ...nodes.flatMap(commonTables)].map((name) => name.toLowerCase()))
  for (const node of nodes) {
    if (node.type === 'BASE_TABLE') {
      const name = String(node.table_name)
      const isQualified = [node.catalog_name, node.schema_name].some((part) => part !== '' && part !== undefined)
      if (isQualified || !readable.has(name.toLowerCase())) refuse(`"${name}"`)
    }
    if (node.type === 'TABLE_FUNCTION') {
      const name = String((node.function as { function_name?: unknown } | undefined)?.function_name)
      if (!harmlessRowFunctions.has(name.toLowerCase())) refuse(`the function ${name}`)
    }
    const called = node.function_name
    if (typeof called === 'string' && refusedFunctions.has(called.toLowerCase())) refuse(`the function ${called}`)
  }
}

type SqlNode = Record<string, unknown>

/** Every object in the serialised statement. */
function* nodesOf(value: unknown): Generator<SqlNode> {
  if (Array.isArray(value)) for (const each of value) yield* nodesOf(each)
  else if (typeof value === 'object' && value !== null) {
    yield value as SqlNode
    for (const each of Object.values(value)) yield* nodesOf(each)
  }
}

function commonTables(node: SqlNode): string[] {
  const { map } = (node.cte_map ?? {}) as { map?: { key: string }[] }
  return [...(map ?? []).map(({ key }) => key), ...(typeof node.cte_name === 'string' ? [node.cte_name] : [])]
}
