import pg from 'pg'
import { OversightError } from '#models/oversight-error.ts'
import { postgresError } from './postgres-error.ts'

/** Where a source's PostgreSQL is. The connection string is a secret: it appears in no message and no record. */
export interface PostgresAccess {
  /** postgresql://user:password@host/database?sslmode=verify-full. Absent: PGHOST, PGDATABASE and so on. */
  url?: string
  /** Where the connection string was found, for messages. */
  from: string
}

/** A read-only transaction that sees one state of the database, whatever others commit meanwhile. */
export interface PostgresSession {
  client: pg.Client
  /** postgresql://host/database, without user and password: how reports and lineage name it. */
  origin: string
}

/** What decides how values are printed, so that the same rows give the same texts everywhere. */
const settings: Record<string, string> = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
}

const connectSeconds = 20

/**
 * Runs `read` inside one REPEATABLE READ, READ ONLY transaction and closes the connection, however it ends.
 * Throws bad_input for a connection string that cannot be used, a server that cannot be reached, a refused sign-in.
 */
export async function withPostgresSession<T>(
  access: PostgresAccess,
  read: (session: PostgresSession) => Promise<T>,
): Promise<T> {
  const client = createClient(access)
  const origin = originOf(client)
  // A connection that breaks off between two statements says so here; the next statement then fails with it.
  client.on('error', () => {})
  try {
    try {
      await client.connect()
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      for (const [name, value] of Object.entries(settings)) {
        await client.query('SELECT set_config($1, $2, true)', [name, value])
      }
    } catch (cause) {
      throw postgresError(cause, { where: origin, from: access.from })
    }
    return await read({ client, origin })
  } finally {
    await client.end().catch(() => {})
  }
}

/** How reports name the database of this access. Throws bad_input when its connection string cannot be used. */
export function postgresOrigin(access: PostgresAccess): string {
  return originOf(createClient(access))
}

function createClient({ url, from }: PostgresAccess): pg.Client {
  const options = {
    connectionTimeoutMillis: connectSeconds * 1000,
    keepAlive: true,
    fallback_application_name: 'oversight',
  }
  if (url !== undefined && !isSound(url)) throw unusable(from)
  try {
    return new pg.Client(url === undefined ? options : { ...options, connectionString: url })
  } catch (cause) {
    // Of a certificate that is not there the message names only the file; all others may quote the string.
    const isFile = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' && 'path' in cause
    throw unusable(from, isFile ? ` The certificate file ${cause.path} is not there.` : '')
  }
}

/** Without escapes a password with / ? # @ would be taken for a host or database, and be shown as such. */
function isSound(url: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(url)) return false
  try {
    const { username, hash } = new URL(url.replace('@/', '@localhost/'))
    return hash === '' && (username !== '' || !url.includes('@'))
  } catch {
    return false
  }
}

function unusable(from: string, why = ''): OversightError {
  return new OversightError(
    'bad_input',
    `The connection string in ${from} cannot be used.${why} It reads postgresql://user:password@host:port/database?sslmode=verify-full; write signs such as @ / ? # in a password percent-encoded (%40 %2F %3F %23).`,
  )
}

function originOf({ host, port, database }: pg.Client): string {
  const server = host.startsWith('/') ? '[local]' : host.includes(':') ? `[${host}]` : host
  return `postgresql://${server}${port === 5432 ? '' : `:${port}`}/${encodeURIComponent(database ?? '')}`
}
