import { type DuckDBConnection, type DuckDBResult, ResultReturnType } from '@duckdb/node-api'
import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  DialectAdapterBase,
  type Driver,
  type Kysely,
  PostgresQueryCompiler,
  type QueryCompiler,
  type QueryResult,
  type TableMetadata,
} from 'kysely'
import { fromDuckDb, toDuckDb } from './duckdb-value.ts'

export interface DuckDbPool {
  /** Resolves with a connection nobody else uses until it is released. */
  acquire(): Promise<DuckDBConnection>
  release(connection: DuckDBConnection): void
}

/**
 * Kysely dialect for DuckDB. Parameters are always bound, with types. Whether a statement gave rows or a count is
 * read from the result, never from the SQL text.
 */
export class DuckDbDialect implements Dialect {
  readonly #pool: DuckDbPool

  constructor(pool: DuckDbPool) {
    this.#pool = pool
  }

  createAdapter() {
    return new DuckDbAdapter()
  }

  createDriver(): Driver {
    return new DuckDbDriver(this.#pool)
  }

  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler()
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new DuckDbIntrospector(db as Kysely<InformationSchema>)
  }
}

class DuckDbAdapter extends DialectAdapterBase {
  override get supportsTransactionalDdl() {
    return true
  }

  override get supportsReturning() {
    return true
  }

  // A warehouse file has one writer (the load lock), so there is nobody to lock out.
  override async acquireMigrationLock() {}
  override async releaseMigrationLock() {}
}

class DuckDbDriver implements Driver {
  readonly #pool: DuckDbPool

  constructor(pool: DuckDbPool) {
    this.#pool = pool
  }

  async init() {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new DuckDbKyselyConnection(await this.#pool.acquire())
  }

  async releaseConnection(connection: DatabaseConnection) {
    if (connection instanceof DuckDbKyselyConnection) this.#pool.release(connection.raw)
  }

  async beginTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('begin transaction'))
  }

  async commitTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  // The warehouse that made the pool closes it.
  async destroy() {}
}

class DuckDbKyselyConnection implements DatabaseConnection {
  readonly raw: DuckDBConnection

  constructor(raw: DuckDBConnection) {
    this.raw = raw
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { values, types } = bind(query)
    const result = await this.raw.run(query.sql, values, types)
    switch (result.returnType) {
      case ResultReturnType.QUERY_RESULT:
        return { rows: (await readRows(result)) as R[] }
      case ResultReturnType.CHANGED_ROWS:
        return { rows: [], numAffectedRows: BigInt(result.rowsChanged) }
      default:
        return { rows: [] }
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const { values, types } = bind(query)
    const result = await this.raw.stream(query.sql, values, types)
    for await (const rows of result.yieldConvertedRowObjects(fromDuckDb)) yield { rows: rows as R[] }
  }

  async cancelQuery() {
    this.raw.interrupt()
  }
}

function bind(query: CompiledQuery) {
  const bound = query.parameters.map(toDuckDb)
  return { values: bound.map((each) => each.value), types: bound.map((each) => each.type) }
}

function readRows(result: DuckDBResult) {
  return result.convertRowObjects(fromDuckDb)
}

interface InformationSchema {
  'information_schema.columns': {
    table_schema: string
    table_name: string
    column_name: string
    data_type: string
    is_nullable: string
    column_default: string | null
    ordinal_position: number
  }
  'information_schema.schemata': { schema_name: string }
  'information_schema.tables': { table_schema: string; table_name: string; table_type: string }
}

class DuckDbIntrospector implements DatabaseIntrospector {
  readonly #db: Kysely<InformationSchema>

  constructor(db: Kysely<InformationSchema>) {
    this.#db = db
  }

  async getSchemas() {
    const rows = await this.#db.selectFrom('information_schema.schemata').select('schema_name as name').execute()
    return rows
  }

  async getTables(): Promise<TableMetadata[]> {
    const tables = await this.#db.selectFrom('information_schema.tables').selectAll().execute()
    const columns = await this.#db
      .selectFrom('information_schema.columns')
      .selectAll()
      .orderBy('ordinal_position')
      .execute()
    return tables.map((table) => ({
      name: table.table_name,
      schema: table.table_schema,
      isView: table.table_type === 'VIEW',
      isForeign: false,
      columns: columns
        .filter((column) => column.table_name === table.table_name && column.table_schema === table.table_schema)
        .map((column) => ({
          name: column.column_name,
          dataType: column.data_type,
          isNullable: column.is_nullable === 'YES',
          hasDefaultValue: column.column_default !== null,
          isAutoIncrementing: false,
        })),
    }))
  }
}
