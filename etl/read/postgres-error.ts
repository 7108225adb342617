import { OversightError } from '#models/oversight-error.ts'

const longestQuery = 600

/**
 * What an error of PostgreSQL or of the connection to it means for the operator. `where` is the database or relation;
 * `query` is shown, so it must hold no secret; without one the error came while connecting.
 */
export function postgresError(
  cause: unknown,
  context: { where: string; from: string; query?: string },
): OversightError {
  const { where, query } = context
  const code = sqlState(cause)
  const said = messageOf(cause)
  if (query === undefined) {
    const what =
      code?.startsWith('28') === true
        ? `PostgreSQL refuses the sign-in (${code}): ${said}. Check user and password in ${context.from}, and the server's pg_hba.conf.`
        : code === undefined
          ? `cannot be reached: ${said}. Check host, port and sslmode in ${context.from}.`
          : `PostgreSQL refuses the connection (${code}): ${said}. Check ${context.from}.`
    return new OversightError('bad_input', `${where}: ${what} Nothing was loaded.`)
  }
  if (code === undefined || /^(57P0|08)/.test(code)) {
    return new OversightError(
      'bad_input',
      `${where}: the connection broke off while it was read (${code === undefined ? said : `${code}: ${said}`}). Nothing was published, and the next load begins where this one did.`,
    )
  }
  return new OversightError(
    'bad_input',
    `${where}: PostgreSQL refuses the query (${code}): ${said}.${advice(code)} Nothing was loaded.\nQuery: ${shorten(query)}`,
  )
}

function advice(code: string): string {
  if (code === '42501') return ' Give the role USAGE on the schema and SELECT on the table.'
  if (code === '25006') return ' A source only reads.'
  if (code === '57014') return ' Give the role a longer statement_timeout, or the table an index on its watermark.'
  if (code.startsWith('42')) return ' Mend the table, query or columns in source.json.'
  return ''
}

function sqlState(cause: unknown): string | undefined {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /^[0-9A-Z]{5}$/.test(code) && 'severity' in (cause as Error) ? code : undefined
}

/** Words that mean our own disk elsewhere are not passed on: this is about the server. */
function messageOf(cause: unknown): string {
  const each = cause instanceof AggregateError && cause.errors.length > 0 ? cause.errors[0] : cause
  const message = each instanceof Error ? each.message : String(each)
  return message
    .replaceAll(/EACCES|EPERM/g, 'no access')
    .replaceAll(/No space left/g, 'no space')
    .trim()
}

function shorten(query: string): string {
  return query.length > longestQuery ? `${query.slice(0, longestQuery)} ...` : query
}
