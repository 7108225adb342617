import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { Kysely } from 'kysely'
import { OversightError } from '../oversight-error.ts'
import { ConnectionPool } from './connection-pool.ts'
import { DuckDbDialect } from './duckdb-dialect.ts'
import { duckDbSql } from './duckdb-sql.ts'
import type { SqlDialect } from './sql-dialect.ts'
import type { WarehouseSchema } from './warehouse-schema.ts'

export interface Warehouse {
  /** Kysely over the warehouse. In write mode all queries share one connection, one at a time. */
  db: Kysely<WarehouseSchema>
  dialect: SqlDialect
  file: string
  /**
   * One connection, for bulk steps and streams, one at a time. In write mode it is the one Kysely uses, so temporary
   * tables are shared; in read mode it is apart from Kysely's, so that no query cuts a stream off.
   */
  connection(): DuckDBConnection
  close(): Promise<void>
}

export interface OpenWarehouseOptions {
  mode: 'read' | 'write'
  threads?: number
  /** As DuckDB writes it, for example 512MB. */
  memoryLimit?: string
  /** Read mode only: queries that may run at once. Each holds one libuv thread. */
  connections?: number
}

/**
 * Opens a warehouse file. `read` is read-only, reaches no other file and cannot be reconfigured; `write` makes the
 * file when it is missing. One engine per file and process: a second opening shares it, as opening a DuckDB file twice
 * loses writes. Throws not_found when a file to read is missing, conflict when another process writes to it.
 */
export async function openWarehouse(file: string, options: OpenWarehouseOptions): Promise<Warehouse> {
  const instance = await openInstance(file, options)
  const first = await instance.connect()
  try {
    await configure(first, options)
  } catch (error) {
    first.closeSync()
    instance.closeSync()
    throw error
  }
  const isWriter = options.mode === 'write'
  const pool = new ConnectionPool(
    isWriter ? first : await instance.connect(),
    () => instance.connect(),
    isWriter ? 1 : (options.connections ?? 4),
  )
  const db = new Kysely<WarehouseSchema>({ dialect: new DuckDbDialect(pool) })
  let isClosed = false
  return {
    db,
    dialect: duckDbSql,
    file,
    connection: () => first,
    async close() {
      if (isClosed) return
      isClosed = true
      await pool.close()
      await db.destroy()
      if (!isWriter) first.closeSync()
      instance.closeSync()
    },
  }
}

async function openInstance(file: string, options: OpenWarehouseOptions): Promise<DuckDBInstance> {
  const configuration: Record<string, string> = {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  }
  if (options.threads !== undefined) configuration.threads = String(options.threads)
  if (options.memoryLimit !== undefined) configuration.memory_limit = options.memoryLimit
  if (options.mode === 'read') {
    configuration.access_mode = 'READ_ONLY'
    configuration.enable_external_access = 'false'
  }
  try {
    return await DuckDBInstance.fromCache(file, configuration)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    if (/does not exist|No such file/i.test(reason)) {
      throw new OversightError('not_found', `There is no warehouse file ${file}. Load data first.`, { cause })
    }
    if (/lock|different configuration/i.test(reason)) {
      throw new OversightError('conflict', `${file} is in use by another writer. Wait until it is done.`, { cause })
    }
    throw new OversightError('internal', `The warehouse file ${file} cannot be opened: ${reason}`, { cause })
  }
}

async function configure(connection: DuckDBConnection, options: OpenWarehouseOptions): Promise<void> {
  const settings = await connection.runAndReadAll(
    "select current_setting('TimeZone'), current_setting('lock_configuration')",
  )
  const [timeZone, isLocked] = settings.getRowsJS()[0] ?? []
  // A second opening of the same file finds the engine configured and locked by the first.
  if (isLocked === true && timeZone === 'UTC') return
  await connection.run("set global TimeZone = 'UTC'")
  if (options.mode === 'read') await connection.run('set lock_configuration = true')
}
