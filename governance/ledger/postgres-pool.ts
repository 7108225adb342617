import type { PostgresPool, PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { OversightError } from '#models/oversight-error.ts'
import { ledgerSchemaName } from './postgres-steps.ts'

/** A column of type BIGINT, as the type of its values is called on the wire. */
const bigintType = 20

/** Classes of SQLSTATE and codes of the operating system that mean: the server is gone, starting, or refuses more. */
const lost = /^(08|57P0|53300)|^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT)/
const lostMessage = /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed/

/**
 * Connections to a PostgreSQL ledger. Counts and other BIGINT come as numbers. A server that cannot be reached gives
 * unavailable, with what to do; the next query connects anew.
 */
export class LedgerPool implements PostgresPool {
  readonly pool: pg.Pool
  readonly #location: string

  constructor(url: string) {
    this.#location = postgresLocation(url)
    this.pool = new pg.Pool({
      connectionString: url,
      application_name: 'oversight',
      // Tables are named with their schema; functions are found through this.
      options: `-c search_path=${ledgerSchemaName},pg_temp`,
      max: 10,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
    })
    // A connection may break at any time, idle or between two statements; whoever needs it next is told.
    this.pool.on('error', () => {})
    this.pool.on('connect', (client) => client.on('error', () => {}))
  }

  get options(): object {
    return this.pool.options
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.#orUnavailable(this.pool.connect())
    const query = (...given: unknown[]) =>
      this.#orUnavailable((client.query as (...given: unknown[]) => Promise<unknown>)(...given))
    return { query: query as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) }
  }

  /** Rows of a statement about the server or the schema; values bound as $1, $2. */
  async rows<Row>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#orUnavailable(this.pool.query(statement, values))).rows as Row[]
  }

  async end(): Promise<void> {
    if (!this.pool.ending) await this.pool.end()
  }

  async #orUnavailable<Result>(asked: Promise<Result>): Promise<Result> {
    try {
      return await asked
    } catch (error) {
      throw asUnavailable(error, this.#location)
    }
  }
}

/** What may be shown of a connection string: server, port and database, never user or password. Throws bad_input. */
export function postgresLocation(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url)
    return `postgresql://${hostname}${port === '' ? '' : `:${port}`}${pathname}`
  } catch {
    throw new OversightError(
      'bad_input',
      'The address of the ledger cannot be read. It has the form postgresql://user:password@host:5432/database, special characters of the password %-encoded.',
    )
  }
}

function asUnavailable(error: unknown, location: string): unknown {
  if (!(error instanceof Error) || error instanceof OversightError) return error
  const code = 'code' in error ? String(error.code) : ''
  if (lost.test(code) || lostMessage.test(error.message)) {
    return new OversightError(
      'unavailable',
      `The ledger at ${location} cannot be reached (${error.message || code}). Try again when its server is back; if you were changing something, look whether it was saved before you repeat it.`,
      { cause: error },
    )
  }
  if (/^(28|3D)/.test(code)) {
    return new OversightError('bad_input', `The ledger at ${location} does not let us in: ${error.message}.`, {
      cause: error,
    })
  }
  return error
}

function typeParser(type: number, format?: unknown): unknown {
  return type === bigintType ? Number : pg.types.getTypeParser(type, format as 'text')
}
