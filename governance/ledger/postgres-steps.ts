import { createHash } from 'node:crypto'
import { OversightError } from '#models/oversight-error.ts'
import { migrations } from './migrate.ts'

/** What a table refuses by itself: a trigger and its function, one of each per rule. */
export interface Guard {
  name: string
  when: 'INSERT' | 'UPDATE' | 'DELETE' | 'TRUNCATE'
  table: string
  /** Body of the trigger's function, kept word for word by the server. */
  body: string
}

/** One schema step as PostgreSQL applies it. */
export interface PostgresStep {
  name: string
  tables: string
  guards: readonly Guard[]
  /** Of tables and guards together: a published step is frozen here as on SQLite. */
  sha256: string
}

/** Everything of the ledger lies in this schema; trigger functions look nowhere else. */
export const ledgerSchemaName = 'oversight'

/** The list of the steps that were applied. */
export const migrationsTable =
  'CREATE TABLE migrations (name TEXT COLLATE "C" NOT NULL PRIMARY KEY, sha256 TEXT COLLATE "C" NOT NULL);'

/** What SQLite has and PostgreSQL 15 has not, by name: used by the steps and by queries. */
export const borrowedFunctions: Readonly<Record<string, { head: string; body: string }>> = {
  json_valid: {
    head: '(given TEXT) RETURNS BOOLEAN',
    body: `
BEGIN
  PERFORM given::JSON;
  RETURN TRUE;
EXCEPTION WHEN others THEN
  RETURN FALSE;
END
`,
  },
  json_extract: {
    head: '(given TEXT, path TEXT) RETURNS TEXT',
    body: `
BEGIN
  RETURN given::JSON #>> string_to_array(substr(path, 3), '.');
END
`,
  },
}

const trigger =
  /CREATE TRIGGER (\w+) BEFORE (INSERT|UPDATE|DELETE) ON (\w+)\s+(?:WHEN ([\s\S]*?)\s+)?BEGIN SELECT RAISE\(ABORT, '([^']*)'\); END;/g
const onlySqlite = /\b(GLOB|STRICT|rowid|json_extract|PRAGMA|BLOB|INTEGER|RAISE\(ABORT)\b/

/**
 * The steps of the ledger for PostgreSQL. They are written once, for SQLite, and put into PostgreSQL's words here: the
 * same tables, columns, constraints and guards. Numbers become BIGINT; text is compared byte by byte, as SQLite does.
 * Beside what SQLite has, TRUNCATE is refused. Throws internal for a form that is not known.
 */
export function postgresSteps(): PostgresStep[] {
  return migrations.map(({ name, sql, postgres }) => {
    const text = postgres ?? sql
    const guards = [...text.matchAll(trigger)].flatMap((match) => guardsOf(match as unknown as string[]))
    const tables = translate(text.replaceAll(trigger, '')).replaceAll(/\n{2,}/g, '\n')
    const unknown = onlySqlite.exec(tables + guards.map(({ body }) => body).join('\n'))
    if (unknown !== null) {
      throw new OversightError('internal', `Schema step ${name} uses ${unknown[0]}, which PostgreSQL does not know.`)
    }
    const whole = tables + guards.map(guardSql).join('\n')
    return { name, tables, guards, sha256: createHash('sha256').update(whole).digest('hex') }
  })
}

/** The statements that make a guard; one of the same name gives way. */
export function guardSql({ name, when, table, body }: Guard): string {
  const each = when === 'TRUNCATE' ? 'STATEMENT' : 'ROW'
  return `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql
SET search_path = ${ledgerSchemaName}, pg_temp AS $guard$${body}$guard$;
CREATE OR REPLACE TRIGGER ${name} BEFORE ${when} ON ${table} FOR EACH ${each} EXECUTE FUNCTION ${name}();`
}

/** The guards in force after every step. */
export function guardsInForce(): Guard[] {
  const byName = new Map(postgresSteps().flatMap(({ guards }) => guards.map((guard) => [guard.name, guard])))
  return [...byName.values()]
}

function guardsOf([, name = '', when, table = '', condition, message = '']: string[]): Guard[] {
  const made: Guard[] = [{ name, when: when as Guard['when'], table, body: bodyOf(condition, message) }]
  if (name === `${table}_no_delete`) {
    made.push({ name: `${table}_no_truncate`, when: 'TRUNCATE', table, body: bodyOf(undefined, message) })
  }
  return made
}

function bodyOf(condition: string | undefined, message: string): string {
  const refuse = `RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '${message}';`
  return condition === undefined
    ? `\nBEGIN\n  ${refuse}\nEND\n`
    : `\nBEGIN\n  IF ${translate(condition)} THEN\n    ${refuse}\n  END IF;\n  RETURN NEW;\nEND\n`
}

/** SQLite's words into PostgreSQL's, for the forms that the steps use. */
function translate(sql: string): string {
  return sql
    .replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"')
    .replaceAll(/\bINTEGER\b/g, 'BIGINT')
    .replaceAll(/\) STRICT;/g, ');')
    .replaceAll(/\bNOT GLOB '([^']*)'/g, (_, pattern: string) => `!~ '${regularExpression(pattern)}'`)
    .replaceAll(/\bGLOB '([^']*)'/g, (_, pattern: string) => `~ '${regularExpression(pattern)}'`)
    .replaceAll(/length\(CAST\((\w+) AS BLOB\)\)/g, 'octet_length($1)')
    .replaceAll(/= \((\w+ <> \w+)\)/g, '= ($1)::INT')
    .replaceAll(/\bIS NOT (?!NULL\b)/g, 'IS DISTINCT FROM ')
    .replaceAll(/\bIS (?!NULL\b|NOT\b|DISTINCT\b)/g, 'IS NOT DISTINCT FROM ')
    .replaceAll(
      /json_extract\(([\w.]+), '\$\.([\w.]+)'\)/g,
      (_, column: string, path: string) => `(${column}::JSON #>> '{${path.replaceAll('.', ',')}}')::BIGINT`,
    )
}

function regularExpression(glob: string): string {
  return `^${glob.replaceAll('.', '\\.').replaceAll('*', '.*')}$`
}
