import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type pg from 'pg'
import { OversightError } from '#models/oversight-error.ts'
import type { PostgresRelation, SourceFolder } from '../source-folder.ts'
import { sqlIdentifier, sqlLiteral } from '../sql-literal.ts'
import type { LoadProgress } from '../sql-step.ts'
import { postgresError } from './postgres-error.ts'
import { composePostgresQuery, type PostgresQuery } from './postgres-query.ts'
import { type PostgresRow, postgresRows } from './postgres-rows.ts'
import { type PostgresAccess, type PostgresSession, withPostgresSession } from './postgres-session.ts'

/** A relation of PostgreSQL, read into a table of text columns c0, c1, ... that lies beside the staging area. */
export interface ReadPostgresRelation {
  files: PostgresRelation
  /** postgresql://host/database#relation: its name in lineage, reports and messages. */
  sourceFile: string
  /** Qualified name of the table; a row's place in it is its source_row. */
  table: string
  columns: string[]
  rowCount: number
  /** Of the rows as JSON arrays of texts, one per line, the first line naming the columns. */
  sha256: string
  byteCount: number
  ignoredColumns: string[]
  absentColumns: string[]
  watermark: { column: string; from: string | null; reached: string | null } | null
}

const attached = 'postgres'
const progressRows = 50_000
const flushBytes = 32 * 2 ** 20

/**
 * Streams every PostgreSQL relation of the source into a file of its own in the work folder, all in one state of the
 * database; at most `maximumRows` of each. `lastWatermark` gives the value that the last load reached, null to read all.
 * Throws bad_input naming relation and query when anything is refused or breaks off.
 */
export async function readPostgresRelations(
  connection: DuckDBConnection,
  source: SourceFolder,
  workDirectory: string,
  access: PostgresAccess = { from: 'PGHOST, PGDATABASE, PGUSER and PGPASSWORD' },
  lastWatermark: (sourceFile: string, relation: PostgresRelation) => Promise<string | null>,
  onProgress: (progress: LoadProgress) => void,
  maximumRows?: number,
): Promise<ReadPostgresRelation[]> {
  const relations = source.postgres?.relations ?? []
  if (relations.length === 0) return []
  return withPostgresSession(access, async (session) => {
    await connection.run(`ATTACH ${sqlLiteral(join(workDirectory, 'postgres.duckdb'))} AS ${attached}`)
    const read: ReadPostgresRelation[] = []
    for (const relation of relations) {
      const sourceFile = `${session.origin}#${relation.relation}`
      const last = await lastWatermark(sourceFile, relation)
      const context = { sourceFile, lastWatermark: last, maximumRows, access }
      read.push(await readRelation(connection, session, relation, context, onProgress))
    }
    return read
  })
}

/** Lets go of the file that the relations were read into. */
export async function detachPostgresRelations(connection: DuckDBConnection): Promise<void> {
  await connection.run(`DETACH DATABASE IF EXISTS ${attached}`)
}

async function readRelation(
  connection: DuckDBConnection,
  { client }: PostgresSession,
  relation: PostgresRelation,
  context: {
    sourceFile: string
    lastWatermark: string | null
    maximumRows: number | undefined
    access: PostgresAccess
  },
  onProgress: (progress: LoadProgress) => void,
): Promise<ReadPostgresRelation> {
  const { sourceFile, lastWatermark } = context
  const tell = (count: number) =>
    onProgress({
      phase: 'read',
      what: count === 0 ? sourceFile : `${sourceFile}: ${count.toLocaleString('en-US')} rows`,
      done: null,
      total: null,
    })
  tell(0)
  const asked = relation.query ?? `table ${relation.table}`
  const query = await fromPostgres(composePostgresQuery(client, relation, sourceFile, context), context, asked)
  const table = `${attached}.main.${sqlIdentifier(relation.relation)}`
  // A table has a column at least; one that is never read does no harm.
  const columns = query.columns.map((_, index) => `c${index} VARCHAR`)
  await connection.run(`CREATE TABLE ${table} (${columns.length === 0 ? 'nothing VARCHAR' : columns.join(', ')})`)
  const sink = await openSink(connection, relation.relation, query)
  let reached: string | null = null
  const batches = postgresRows(client, query)
  for (;;) {
    const batch = await fromPostgres(batches.next(), context, query.text)
    if (batch.done === true) break
    const before = sink.rowCount
    for (const row of batch.value) {
      sink.append(row)
      if (query.watermark !== null) reached = row[query.columns.length] ?? reached
    }
    sink.flush()
    const steps = (count: number) => Math.floor(count / progressRows)
    if (steps(sink.rowCount) > steps(before)) tell(steps(sink.rowCount) * progressRows)
  }
  const { rowCount, byteCount, sha256 } = sink.close()
  return {
    files: relation,
    sourceFile,
    table,
    columns: query.columns,
    rowCount,
    sha256,
    byteCount,
    ignoredColumns: query.ignoredColumns,
    absentColumns: query.absentColumns,
    watermark:
      relation.watermark === undefined || query.watermark === null
        ? null
        : {
            column: relation.watermark.column,
            from: query.watermark.from,
            reached: await fromPostgres(
              highest(client, query.watermark.type, [lastWatermark, reached]),
              context,
              query.text,
            ),
          },
  }
}

/** Appends rows to the table, and hashes them. */
async function openSink(connection: DuckDBConnection, table: string, { columns }: PostgresQuery) {
  const appender = await connection.createAppender(table, 'main', attached)
  const hash = createHash('sha256')
  let [rowCount, byteCount, unflushed] = [0, 0, 0]
  let lines = `${JSON.stringify(columns)}\n`
  const hashLines = () => {
    const bytes = Buffer.from(lines)
    hash.update(bytes)
    byteCount += bytes.length
    unflushed += bytes.length
    lines = ''
  }
  return {
    get rowCount() {
      return rowCount
    },
    append(row: PostgresRow) {
      const texts = row.slice(0, columns.length)
      for (const text of texts) {
        if (text === null) appender.appendNull()
        else appender.appendVarchar(text)
      }
      if (columns.length === 0) appender.appendNull()
      appender.endRow()
      lines += `${JSON.stringify(texts)}\n`
      rowCount += 1
    },
    /** After each batch: what the engine holds back stays bounded too. */
    flush() {
      hashLines()
      if (unflushed < flushBytes) return
      appender.flushSync()
      unflushed = 0
    },
    close() {
      hashLines()
      appender.closeSync()
      return { rowCount, byteCount, sha256: hash.digest('hex') }
    },
  }
}

/** The higher of two watermarks, as the server compares them. It never goes back, even when the newest rows are deleted. */
async function highest(client: pg.Client, type: string, values: readonly (string | null)[]): Promise<string | null> {
  const { rows } = await client.query<{ value: string | null }>(
    `SELECT greatest(CAST($1 AS ${type}), CAST($2 AS ${type}))::text AS value`,
    [...values],
  )
  return rows[0]?.value ?? null
}

async function fromPostgres<T>(
  answer: Promise<T>,
  { sourceFile, access }: { sourceFile: string; access: PostgresAccess },
  query: string,
): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    if (cause instanceof OversightError) throw cause
    throw postgresError(cause, { where: sourceFile, from: access.from, query })
  }
}
