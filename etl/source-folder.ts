import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { z } from 'zod'
import { type EntityName, entityNames } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'

const identifier = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a relation or column name in snake_case')
const patterns = z.array(z.string().min(1)).min(1)

const encoding = z.string().refine(isKnownEncoding, 'no known encoding; for example utf-8, utf-16le, windows-1252')

/** How the texts of a column are read as points in time. */
const instantOption = z
  .strictObject({
    /** Columns whose texts, joined by a space, are read. Absent: the column of that name. */
    from: z.array(z.string().min(1)).min(1).optional(),
    /** As strptime writes them, such as %d/%m/%Y %H:%M. A text that two of them read differently is refused. */
    formats: patterns,
    /** IANA name of the zone in which the texts are local times. */
    timeZone: z.string().refine(isTimeZone, 'no IANA time zone, such as Europe/Paris').optional(),
  })
  .refine(
    ({ formats, timeZone }) => timeZone !== undefined || formats.every((format) => format.includes('%z')),
    'timeZone is needed where a format has no %z',
  )

/** How the texts of a column are read as numbers. */
const numberOption = z
  .strictObject({
    decimal: z.enum(['.', ',']),
    /** Sign between groups of three digits. Absent: such numbers are refused. */
    group: z.enum(['.', ',', ' ', "'"]).optional(),
  })
  .refine(({ decimal, group }) => decimal !== group, 'decimal and group are the same sign')

/** The columns of a raw relation, all text, and how those are read that need it. */
const tableColumns = {
  /** What is read without one of these columns is refused. */
  required: z.array(z.string().min(1)).default([]),
  /** Absent columns are null. Columns in neither list are ignored, with a warning. */
  optional: z.array(z.string().min(1)).default([]),
  /** Texts that mean "no value" in every column, besides the empty text. */
  nullTexts: z.array(z.string().min(1)).default([]),
  /** Columns of the raw relation that hold instants: they arrive in the contract's spelling, in UTC. */
  instants: z.record(z.string().min(1), instantOption).default({}),
  /** Columns of the raw relation that hold numbers: they arrive with a decimal point and without groups. */
  numbers: z.record(z.string().min(1), numberOption).default({}),
}

/** Files whose rows form one raw relation of text columns: CSV, NDJSON, Parquet, Arrow. */
const tableFiles = z.strictObject({
  match: patterns,
  relation: identifier,
  ...tableColumns,
  /** By default what the ending of the file's name says. */
  format: z.enum(['csv', 'ndjson', 'parquet', 'arrow']).optional(),
  delimiter: z
    .string()
    .refine((sign) => sign.length === 1 && sign.charCodeAt(0) < 128, 'one ASCII character')
    .default(','),
  /** Of CSV and NDJSON. Absent: UTF-8, or UTF-16 when the file begins with its byte order mark. */
  encoding: encoding.optional(),
})

/**
 * Files of JSON documents, one per file (json) or per line (ndjson): each listed relation holds the whole document or
 * one of its arrays.
 */
const documentFiles = z.strictObject({
  match: patterns,
  format: z.enum(['json', 'ndjson']),
  encoding: encoding.optional(),
  relations: z
    .array(
      z.strictObject({
        name: identifier,
        /**
         * Top-level array whose elements are the rows; "$" where the document itself is an array. Absent: one row, the
         * document without the listed arrays.
         */
        array: z.string().min(1).optional(),
        isOptional: z.boolean().default(false),
      }),
    )
    .min(1),
})

/** Not a union, which would only say that neither kind fits: the one that is meant says what is wrong. */
const anyFiles = z.unknown().transform((entry, context): z.infer<typeof documentFiles | typeof tableFiles> => {
  const { relations, format } = (entry ?? {}) as Record<string, unknown>
  const isOfDocuments = relations !== undefined || format === 'json'
  const parsed = (isOfDocuments ? documentFiles : tableFiles).safeParse(entry)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: entry } as never)
  return z.NEVER
})

/**
 * Reads only rows whose value is at least the highest seen so far, less an overlap for rows that were committed late.
 * The column is a timestamp, a date or a whole number that grows with every change of a row.
 */
const watermark = z
  .strictObject({
    column: z.string().min(1),
    /** Of timestamps and dates. */
    overlapSeconds: z.number().nonnegative().optional(),
    /** Of whole numbers. */
    overlapCount: z.int().nonnegative().optional(),
  })
  .refine(
    ({ overlapSeconds, overlapCount }) => (overlapSeconds === undefined) !== (overlapCount === undefined),
    'an overlap is needed: overlapSeconds for a timestamp or date, overlapCount for a whole number (0 where rows never arrive late)',
  )

/** A table, view or SELECT of PostgreSQL whose rows form one raw relation of text columns, as PostgreSQL prints them. */
const postgresRelation = z
  .strictObject({
    relation: identifier,
    /** As SQL writes it, for example helpdesk.tickets. */
    table: z.string().min(1).optional(),
    query: z.string().min(1).optional(),
    watermark: watermark.optional(),
    ...tableColumns,
  })
  .refine(({ table, query }) => (table === undefined) !== (query === undefined), 'either table or query')
  .refine(
    ({ required, optional, instants, numbers }) =>
      [...required, ...optional, ...Object.keys(instants), ...Object.keys(numbers)].length > 0,
    'the columns to read are needed, under required or optional',
  )

const postgresTables = z.strictObject({
  /** Name of the environment variable that holds the connection string. Absent: PGHOST, PGDATABASE and so on. */
  urlEnvironment: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable, never the connection string itself')
    .optional(),
  relations: z.array(postgresRelation).min(1),
})

const sourceConfig = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  description: z.string().min(1),
  files: z.array(anyFiles).default([]),
  postgres: postgresTables.optional(),
  /** Whether customer_id already is a pseudonym; personal ones are hashed under the home's key. */
  customerIds: z.enum(['personal', 'opaque']).default('personal'),
  /** Files of the same export that the mappings do not need: left out, with a warning. */
  ignore: z.array(z.string().min(1)).default([]),
  /** Whether it keeps delivering, so that numbers mature no further than it reaches. */
  live: z.boolean().default(false),
  /**
   * Until where a load of it is complete: a day, an instant, or the column of a raw relation whose latest instant says.
   * Absent: the latest event.
   */
  loadedThrough: z
    .union([z.string().min(1), z.strictObject({ relation: identifier, column: z.string().min(1) })])
    .optional(),
})

export type InstantOption = z.infer<typeof instantOption>
export type NumberOption = z.infer<typeof numberOption>
export type TableFiles = z.infer<typeof tableFiles>
export type DocumentFiles = z.infer<typeof documentFiles>
export type PostgresRelation = z.infer<typeof postgresRelation>
export type TableColumns = Pick<TableFiles, keyof typeof tableColumns>

/** A source as read from its folder: which files it takes, and one mapping SELECT per entity. */
export interface SourceFolder {
  name: string
  description: string
  directory: string
  files: readonly (TableFiles | DocumentFiles)[]
  postgres?: { urlEnvironment?: string | undefined; relations: readonly PostgresRelation[] } | undefined
  customerIds: 'personal' | 'opaque'
  ignore: readonly string[]
  live: boolean
  loadedThrough?: string | { relation: string; column: string } | undefined
  mappings: readonly { entity: EntityName; file: string; sql: string }[]
}

/** The folder with the sources that come with Oversight. */
const shippedSources = join(import.meta.dirname, 'sources')

/**
 * Finds a source by name in the given folders, then among the shipped ones.
 * Throws not_found with the names there are, bad_input when its source.json or mappings cannot be used.
 */
export function findSourceFolder(name: string, directories: readonly string[] = []): SourceFolder {
  const roots = [...directories, shippedSources]
  for (const root of roots) {
    if (!existsSync(root) || !statSync(root).isDirectory()) {
      throw new OversightError('not_found', `${root} is no folder of sources.`)
    }
    // Compared with the listing instead of joined, so that a name can never lead out of the folder.
    if (readdirSync(root).includes(name) && existsSync(join(root, name, 'source.json'))) {
      return readSourceFolder(join(root, name))
    }
  }
  const known = roots.flatMap((root) =>
    readdirSync(root).filter((entry) => existsSync(join(root, entry, 'source.json'))),
  )
  const place = directories.find((directory) => existsSync(join(directory, 'source.json')))
  const hint =
    place !== undefined
      ? ` ${place} is a source itself: name the folder that holds it.`
      : directories.length === 0
        ? ' For one of your own name the folder that holds its folder, with --sources.'
        : ''
  throw new OversightError(
    'not_found',
    `There is no source "${name}". Known sources: ${known.sort().join(', ')}.${hint}`,
  )
}

/** Reads a source from its folder. Throws not_found without a source.json, bad_input when it cannot be used. */
export function readSourceFolder(directory: string): SourceFolder {
  const file = join(directory, 'source.json')
  if (!existsSync(file)) throw new OversightError('not_found', `${directory} is no source: it has no source.json.`)
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new OversightError(
      'bad_input',
      `${file} is not valid JSON: ${cause instanceof Error ? cause.message : cause}`,
      {
        cause,
      },
    )
  }
  const parsed = sourceConfig.safeParse(json)
  if (!parsed.success) {
    throw new OversightError('bad_input', `${file} is not a valid source: ${z.prettifyError(parsed.error)}`)
  }
  const mappings = entityNames.flatMap((entity) => {
    const mapping = join(directory, `${entity}.sql`)
    return existsSync(mapping) ? [{ entity, file: mapping, sql: readFileSync(mapping, 'utf8') }] : []
  })
  if (mappings.length === 0) {
    throw new OversightError('bad_input', `${directory} has no mapping. Add one of: ${entityNames.join('.sql, ')}.sql.`)
  }
  checkRelations(file, parsed.data)
  const { loadedThrough } = parsed.data
  if (typeof loadedThrough === 'object' && !relationNames(parsed.data).has(loadedThrough.relation)) {
    throw new OversightError(
      'bad_input',
      `${file}: loadedThrough names ${loadedThrough.relation}, which is no relation of the source.`,
    )
  }
  return { ...parsed.data, directory, mappings }
}

/** A relation read from PostgreSQL has its name alone; files of several entries may share one. */
function checkRelations(file: string, source: Pick<SourceFolder, 'files' | 'postgres'>): void {
  const ofTables = source.postgres?.relations.map(({ relation }) => relation) ?? []
  if (source.files.length === 0 && ofTables.length === 0) {
    throw new OversightError('bad_input', `${file} is not a valid source: it needs files, postgres, or both.`)
  }
  const others = relationNames({ files: source.files })
  const twice = ofTables.find((name, index) => others.has(name) || ofTables.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new OversightError('bad_input', `${file}: relation ${twice} is there twice. Give each its own name.`)
  }
}

/** Which entry of the source takes this file (its name without .gz or .zst). Throws bad_input when none does. */
export function matchFile(source: SourceFolder, name: string): TableFiles | DocumentFiles {
  const entry = findEntry(source, name)
  if (entry === undefined) {
    const expected = source.files.flatMap((files) => files.match).join(', ')
    throw new OversightError(
      'bad_input',
      `Source ${source.name} does not take a file named ${name}. It takes: ${expected} (each also with .gz or .zst).`,
    )
  }
  return entry
}

/** Whether an entry of the source takes a file of this name (without .gz or .zst). */
export function takesFile(source: SourceFolder, name: string): boolean {
  return findEntry(source, name) !== undefined
}

function findEntry(source: SourceFolder, name: string): TableFiles | DocumentFiles | undefined {
  return source.files.find((files) => files.match.some((pattern) => matchesGlob(name, pattern)))
}

/** Whether the source names this file as one that it leaves out. */
export function isIgnoredFile(source: SourceFolder, name: string): boolean {
  return source.ignore.some((pattern) => matchesGlob(name, pattern))
}

function isKnownEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Names of the raw relations that the mappings of a source may read. */
export function relationNames(source: Pick<SourceFolder, 'files' | 'postgres'>): Set<string> {
  return new Set([
    ...source.files.flatMap((files) =>
      'relations' in files ? files.relations.map(({ name }) => name) : files.relation,
    ),
    ...(source.postgres?.relations.map(({ relation }) => relation) ?? []),
  ])
}

/** Whether a load of the source needs no file. */
export function isReadFromPostgresOnly(source: Pick<SourceFolder, 'files' | 'postgres'>): boolean {
  return source.files.length === 0 && source.postgres !== undefined
}
