import pg from 'pg'
import { OversightError } from '#models/oversight-error.ts'
import type { PostgresRelation } from '../source-folder.ts'
import { fileColumns } from './declared-column.ts'
import { asText } from './postgres-rows.ts'

/** What is asked of PostgreSQL for one relation. */
export interface PostgresQuery {
  text: string
  values: string[]
  /** Columns of the result in order; one more, the watermark reached, follows when the relation has one. */
  columns: string[]
  /** Columns of a query that the source does not know. Of a table only those named are read. */
  ignoredColumns: string[]
  absentColumns: string[]
  /** Type of the watermark column and the value from which on rows are read; null from the beginning. */
  watermark: { type: string; from: string | null } | null
}

/** The columns of a watermark may have these types. */
const watermarkTypes: Record<number, string> = {
  [pg.types.builtins.TIMESTAMPTZ]: 'timestamptz',
  [pg.types.builtins.TIMESTAMP]: 'timestamp',
  [pg.types.builtins.DATE]: 'date',
  [pg.types.builtins.INT2]: 'bigint',
  [pg.types.builtins.INT4]: 'bigint',
  [pg.types.builtins.INT8]: 'bigint',
}

interface Described {
  /** As it stands after FROM. */
  from: string
  columns: { name: string; type: number }[]
  /** The primary key, where the role may read it: rows then come in the same order every time. */
  key: string[]
}

/**
 * Composes the SELECT for one relation: its declared columns, from its last watermark less the overlap, in the order of
 * watermark and primary key. Columns are quoted and values bound; a query stands in parentheses, so only a single
 * SELECT runs. Throws bad_input for a missing column or a watermark of another type, and what the server says.
 */
export async function composePostgresQuery(
  client: pg.Client,
  relation: PostgresRelation,
  origin: string,
  options: { lastWatermark: string | null; maximumRows?: number | undefined },
): Promise<PostgresQuery> {
  const described =
    relation.table === undefined
      ? await describeQuery(client, relation.query ?? '')
      : await describeTable(client, relation.table, origin)
  const { required, optional } = fileColumns(relation)
  const present = described.columns.map(({ name }) => name)
  const known = new Set([...required, ...optional])
  const twice = present.find((name, index) => known.has(name) && present.indexOf(name) !== index)
  if (twice !== undefined) throw refused(origin, `column ${twice} is there twice`)
  const missing = required.filter((name) => !present.includes(name))
  if (missing.length > 0) {
    throw refused(origin, `required column${missing.length === 1 ? '' : 's'} missing: ${missing.join(', ')}`)
  }
  const columns = present.filter((name) => known.has(name))
  const quoted = (name: string) => pg.escapeIdentifier(name)
  const selected = columns.map(quoted)
  const ordered = described.key.map(quoted)
  const values: string[] = []
  let where = ''
  let watermark: PostgresQuery['watermark'] = null
  if (relation.watermark !== undefined) {
    const type = watermarkType(relation.watermark, described, origin)
    const column = quoted(relation.watermark.column)
    const from = await readFrom(client, relation.watermark, type, options.lastWatermark)
    watermark = { type, from }
    // A wrong clock or an infinite value must not carry the watermark past rows that are still to come.
    const isSound = type === 'bigint' ? 'true' : `isfinite(${column}) AND ${column} <= now()`
    selected.push(`CASE WHEN ${isSound} THEN CAST(${column} AS ${type}) END AS "watermark reached"`)
    ordered.unshift(`${column} NULLS FIRST`)
    if (from !== null) {
      values.push(from)
      where = ` WHERE ${column} >= CAST($1 AS ${type === 'date' ? 'timestamp' : type}) OR ${column} IS NULL`
    }
  }
  const order = ordered.length === 0 ? '' : ` ORDER BY ${ordered.join(', ')}`
  const limit = options.maximumRows === undefined ? '' : ` LIMIT ${options.maximumRows}`
  return {
    text: `SELECT ${selected.join(', ')} FROM ${described.from} AS relation${where}${order}${limit}`,
    values,
    columns,
    ignoredColumns: relation.table === undefined ? present.filter((name) => !isUsed(name, known, relation)) : [],
    absentColumns: optional.filter((name) => !present.includes(name)),
    watermark,
  }
}

function isUsed(name: string, known: ReadonlySet<string>, { watermark }: PostgresRelation): boolean {
  return known.has(name) || name === watermark?.column
}

/** From the catalogue, so that a role which may read some columns only is enough. */
async function describeTable(client: pg.Client, table: string, origin: string): Promise<Described> {
  const found = await client.query<{ oid: number | null; name: string | null }>(
    'SELECT to_regclass($1)::oid AS oid, to_regclass($1)::text AS name',
    [table],
  )
  const { oid = null, name = null } = found.rows[0] ?? {}
  if (oid === null || name === null) throw refused(origin, `there is no table ${table}, or the role cannot see it`)
  const columns = await client.query<{ name: string; type: number }>(
    `SELECT attname AS name, atttypid AS type FROM pg_attribute
    WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [oid],
  )
  const key = await client.query<{ name: string; is_readable: boolean }>(
    `SELECT attname AS name, has_column_privilege(attrelid, attnum, 'SELECT') AS is_readable
    FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
    WHERE indrelid = $1 AND indisprimary ORDER BY array_position(indkey::int2[], attnum)`,
    [oid],
  )
  return {
    from: name,
    columns: columns.rows,
    key: key.rows.every((column) => column.is_readable) ? key.rows.map((column) => column.name) : [],
  }
}

async function describeQuery(client: pg.Client, query: string): Promise<Described> {
  const from = `(\n${query.trim().replace(/;$/, '')}\n)`
  // A bound value makes it the extended protocol, which takes one statement only: nothing can end the transaction.
  const { fields } = await client.query({
    text: `SELECT * FROM ${from} AS relation LIMIT $1`,
    values: [0],
    rowMode: 'array',
    types: asText,
  })
  return { from, columns: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })), key: [] }
}

function watermarkType(
  { column, overlapCount }: NonNullable<PostgresRelation['watermark']>,
  described: Described,
  origin: string,
): string {
  const found = described.columns.find(({ name }) => name === column)
  if (found === undefined) throw refused(origin, `the watermark column ${column} is missing`)
  const type = watermarkTypes[found.type]
  if (type === undefined) {
    throw refused(origin, `the watermark column ${column} is neither a timestamp, a date nor a whole number`)
  }
  const isCounted = overlapCount !== undefined
  if (isCounted !== (type === 'bigint')) {
    throw refused(
      origin,
      isCounted
        ? `the watermark column ${column} is a ${type}: declare overlapSeconds instead of overlapCount`
        : `the watermark column ${column} is a whole number: declare overlapCount instead of overlapSeconds`,
    )
  }
  return type
}

async function readFrom(
  client: pg.Client,
  { overlapSeconds, overlapCount }: NonNullable<PostgresRelation['watermark']>,
  type: string,
  last: string | null,
): Promise<string | null> {
  if (last === null) return null
  const overlap = type === 'bigint' ? 'CAST($2 AS bigint)' : 'make_interval(secs => CAST($2 AS double precision))'
  const { rows } = await client.query<{ value: string }>(`SELECT (CAST($1 AS ${type}) - ${overlap})::text AS value`, [
    last,
    String(overlapCount ?? overlapSeconds ?? 0),
  ])
  return rows[0]?.value ?? null
}

function refused(origin: string, what: string): OversightError {
  return new OversightError('bad_input', `${origin}: ${what}. Mend source.json; nothing was loaded.`)
}
