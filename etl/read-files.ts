import { realpathSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { OversightError } from '#models/oversight-error.ts'
import {
  type InputFile,
  isDenied,
  plainNameOf,
  prepareInputFile,
  type ReadLimits,
  unreadable,
} from './read/input-file.ts'
import { listNames } from './read/list-names.ts'
import { createMappingFunctions } from './read/mapping-functions.ts'
import { createDocumentRelations, readDocumentFile } from './read/read-document-file.ts'
import {
  createEmptyTable,
  deferCsvFile,
  isBinary,
  isCsv,
  isParquet,
  type ReadTable,
  readTableFile,
  refuseDamagedParquet,
} from './read/read-table-file.ts'
import { type DocumentFiles, isIgnoredFile, matchFile, type SourceFolder, type TableFiles } from './source-folder.ts'
import { sqlIdentifier, sqlLiteral } from './sql-literal.ts'
import type { LoadProgress } from './sql-step.ts'

const raw = 'staging.raw'

/** A file ready to be parsed, with the entry of the source that takes it. */
export interface PreparedFile {
  input: InputFile
  files: TableFiles | DocumentFiles
}

/**
 * Hashes, unpacks and matches every file of a load, before anything is parsed. Files that the source ignores are left
 * out, with a warning. Throws bad_input when none is left.
 */
export async function prepareFiles(
  source: SourceFolder,
  paths: readonly string[],
  workDirectory: string,
  limits: ReadLimits,
  onProgress: (progress: LoadProgress) => void,
): Promise<{ prepared: PreparedFile[]; warnings: string[] }> {
  const given = nameFiles(paths)
  const named = given.filter(({ path }) => !isIgnoredFile(source, plainNameOf(path)))
  if (named.length === 0) {
    throw new OversightError('bad_input', `Source ${source.name} needs none of these files: ${paths.join(', ')}.`)
  }
  const ignored = given.filter((file) => !named.includes(file)).map(({ sourceFile }) => sourceFile)
  const warnings =
    ignored.length === 0 ? [] : [`Left out, because source ${source.name} does not need them: ${listNames(ignored)}.`]
  const total = named.reduce((sum, { path }) => sum + statSync(path).size, 0)
  let done = 0
  const prepared: PreparedFile[] = []
  for (const [number, file] of named.entries()) {
    const name = plainNameOf(file.path)
    const files = matchFile(source, name)
    const encoding = isBinary(files, name) ? null : files.encoding
    const input = await prepareInputFile({ ...file, number, encoding }, workDirectory, limits, (count) => {
      done += count
      onProgress({ phase: 'read', what: `${named.length} file${named.length === 1 ? '' : 's'}`, done, total })
    })
    prepared.push({ input, files })
  }
  return { prepared, warnings }
}

/** A file is known by its base name; where two share one, by the path as given. */
function nameFiles(paths: readonly string[]): { path: string; sourceFile: string }[] {
  const seen = new Map<string, string>()
  for (const path of paths) {
    refuseDeceptiveName(path)
    let real: string
    try {
      real = realpathSync(path)
    } catch (cause) {
      if (isDenied(cause)) throw unreadable(path)
      throw new OversightError('not_found', `${path}: there is no such file.`, { cause })
    }
    if (!statSync(real).isFile()) throw new OversightError('bad_input', `${path}: is not a regular file.`)
    const twice = seen.get(real)
    if (twice !== undefined) throw new OversightError('bad_input', `${path} is given twice. Name each file once.`)
    seen.set(real, path)
  }
  const names = paths.map((path) => basename(path))
  return paths.map((path) => {
    const name = basename(path)
    return { path, sourceFile: names.filter((other) => other === name).length > 1 ? path : name }
  })
}

/** Such a name would write over the lines around it in a terminal, or read backwards in a report. */
function refuseDeceptiveName(path: string): void {
  const hidden = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu
  if (!hidden.test(path)) return
  const shown = path.replaceAll(hidden, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`)
  throw new OversightError(
    'bad_input',
    `${shown}: the name holds control characters or direction marks (shown as \\u{...}). Rename the file; nothing was loaded.`,
  )
}

/**
 * Parses the prepared files into the raw relations of the source, in schema staging.raw. Every relation that the source
 * declares exists afterwards. Returns warnings, and per file the optional columns that it lacks. Throws bad_input naming
 * file and line for a malformed file.
 *
 * Of the relations in `rowByRow` those made of CSV files alone are not parsed yet: their source_row is null, and they are
 * in `deferred` with what throws the same bad_input after reading them failed.
 */
export async function readRelations(
  connection: DuckDBConnection,
  source: SourceFolder,
  prepared: readonly PreparedFile[],
  limits: ReadLimits,
  onProgress: (progress: LoadProgress) => void,
  rowByRow: ReadonlySet<string> = new Set(),
): Promise<{
  warnings: string[]
  absentColumns: { sourceFile: string; columns: string[] }[]
  deferred: Map<string, () => Promise<void>>
}> {
  const warnings: string[] = []
  const absentColumns: { sourceFile: string; columns: string[] }[] = []
  await connection.run('CREATE TABLE staging.stage.files (source_file VARCHAR, file_number INTEGER)')
  await createMappingFunctions(connection, raw)
  const tables = new Map<string, string[]>()
  for (const files of source.files) {
    if ('relations' in files) await createDocumentRelations(connection, raw, files)
  }
  const parsed = new Set(
    prepared.flatMap(({ input, files }) =>
      'relations' in files || isCsv(files, input.plainName) ? [] : [files.relation],
    ),
  )
  const parses = new Map<string, (() => Promise<void>)[]>()
  for (const [number, { input, files }] of prepared.entries()) {
    onProgress({ phase: 'parse', what: input.sourceFile, done: null, total: null })
    await connection.run(`INSERT INTO staging.stage.files VALUES (${sqlLiteral(input.sourceFile)}, ${number})`)
    if ('relations' in files) {
      await readDocumentFile(connection, raw, input, files, limits)
      continue
    }
    const size = statSync(input.path).size
    const table = `${raw}.${sqlIdentifier(`${files.relation} of file ${number}`)}`
    let read: ReadTable
    if (rowByRow.has(files.relation) && !parsed.has(files.relation)) {
      const { parse, ...found } = await deferCsvFile(connection, table, input, files)
      parses.set(files.relation, [...(parses.get(files.relation) ?? []), parse])
      read = found
    } else {
      read = await readTableFile(connection, table, input, files, (share) =>
        onProgress({ phase: 'parse', what: input.sourceFile, done: share * size, total: size }),
      )
    }
    const { ignoredColumns, absentColumns: columns } = read
    if (columns.length > 0) absentColumns.push({ sourceFile: input.sourceFile, columns })
    if (ignoredColumns.length > 0) {
      warnings.push(
        `${input.sourceFile}: columns that are not known were ignored: ${ignoredColumns.sort().join(', ')}.`,
      )
    }
    tables.set(files.relation, [...(tables.get(files.relation) ?? []), table])
  }
  for (const files of source.files) {
    if ('relations' in files) continue
    const relation = `${raw}.${sqlIdentifier(files.relation)}`
    const parts = tables.get(files.relation)
    if (parts === undefined) await createEmptyTable(connection, relation, files)
    else {
      await connection.run(
        `CREATE OR REPLACE VIEW ${relation} AS ${parts.map((part) => `FROM ${part}`).join(' UNION ALL BY NAME ')}`,
      )
    }
  }
  const deferred = new Map(
    [...parses].map(([relation, all]) => {
      const parseAll = async () => {
        for (const parse of all) await parse()
      }
      return [relation, parseAll] as const
    }),
  )
  return { warnings, absentColumns, deferred }
}

/**
 * Looks again at files whose rows are read only by the mappings, after one failed: throws bad_input naming the file
 * where that is what failed it.
 */
export async function refuseDamagedFiles(
  connection: DuckDBConnection,
  prepared: readonly PreparedFile[],
): Promise<void> {
  for (const { input, files } of prepared) {
    if (isParquet(files, input.plainName)) await refuseDamagedParquet(connection, input)
  }
}
