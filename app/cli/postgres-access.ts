import type { PostgresAccess } from '#etl/read/postgres-session.ts'
import type { SourceFolder } from '#etl/source-folder.ts'
import { OversightError } from '#models/oversight-error.ts'

/**
 * Where the PostgreSQL of a source is: in the environment variable named by the flag, else by source.json, else where
 * PGHOST, PGDATABASE and so on say. The connection string itself is never an argument: others could read it in the list
 * of processes. Undefined for a source of files. Throws bad_input when the variable is not set.
 */
export function postgresAccess(
  source: Pick<SourceFolder, 'name' | 'postgres'>,
  flag: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): PostgresAccess | undefined {
  if (source.postgres === undefined) {
    if (flag === undefined) return undefined
    throw new OversightError('bad_input', `Source ${source.name} reads files only: leave --postgres-url-env out.`)
  }
  const name = flag ?? source.postgres.urlEnvironment
  if (name !== undefined) {
    const url = environment[name]
    if (url !== undefined && url !== '') return { url, from: name }
    // What was given may be the connection string itself, by mistake, so it is not repeated.
    const what = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
      ? `The environment variable ${name} is not set`
      : 'That is no name'
    throw new OversightError(
      'bad_input',
      `${what}. Source ${source.name} reads from PostgreSQL: put the connection string (postgresql://user:password@host/database) into an environment variable and name it in source.json or with --postgres-url-env.`,
    )
  }
  if (['PGHOST', 'PGDATABASE', 'PGUSER'].some((each) => (environment[each] ?? '') !== '')) {
    return { from: 'PGHOST, PGDATABASE, PGUSER and PGPASSWORD' }
  }
  throw new OversightError(
    'bad_input',
    `Source ${source.name} reads from PostgreSQL, but nothing says where it is. Name the environment variable with the connection string with --postgres-url-env, or set PGHOST, PGDATABASE, PGUSER and PGPASSWORD.`,
  )
}
