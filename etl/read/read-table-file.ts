import type { DuckDBConnection } from '@duckdb/node-api'
import { OversightError } from '#models/oversight-error.ts'
import type { DocumentFiles, TableFiles } from '../source-folder.ts'
import { sqlIdentifier, sqlLiteral } from '../sql-literal.ts'
import { countOf, type OnShare, runWithProgress } from '../sql-step.ts'
import { readCsvHeader } from './csv-header.ts'
import { declaredColumn, declaredColumns, fileColumns } from './declared-column.ts'
import { firstCsvFault } from './first-csv-fault.ts'
import { firstLineNotUtf8 } from './first-line-not-utf8.ts'
import type { InputFile } from './input-file.ts'
import { listNames } from './list-names.ts'
import { maximumRecordBytes, readJsonLines } from './read-json-lines.ts'

const maximumColumns = 1000

/** What reading one file gave besides the table. */
export interface ReadTable {
  /** Columns of the file that the source does not know. */
  ignoredColumns: string[]
  /** Optional columns that the file lacks. */
  absentColumns: string[]
}

/**
 * Reads one CSV, NDJSON, Parquet or Arrow file into `table` (qualified name): source_file, source_row (1-based data row) and
 * the columns that the source declares. CSV and NDJSON arrive as text; nothing guesses types. Parquet keeps its declared
 * types. Absent columns are null.
 * Throws bad_input naming file and line when the file is malformed or lacks a required column.
 */
export async function readTableFile(
  connection: DuckDBConnection,
  table: string,
  input: InputFile,
  files: TableFiles,
  onShare: OnShare,
): Promise<ReadTable> {
  const format = files.format ?? formatOf(input.plainName, input.sourceFile)
  if (format === 'csv') {
    const { read, rows } = await openCsv(input, files)
    await readCsvRows(connection, table, { ...rows, input, delimiter: files.delimiter }, onShare)
    return read
  }
  if (format === 'ndjson') return readNdjson(connection, table, input, files, onShare)
  if (format === 'arrow') return readArrow(connection, table, input, files)
  return readParquet(connection, table, input, files)
}

/**
 * Makes `table` a view of a CSV file that is parsed when the view is, with a null source_row for the caller to fill in.
 * Whoever reads the view and fails calls `parse`: it throws bad_input naming file and line when the file is malformed.
 */
export async function deferCsvFile(
  connection: DuckDBConnection,
  table: string,
  input: InputFile,
  files: TableFiles,
): Promise<ReadTable & { parse: () => Promise<void> }> {
  const { read, rows } = await openCsv(input, files)
  await connection.run(`CREATE VIEW ${table} AS
    SELECT ${sqlLiteral(input.sourceFile)} AS source_file, CAST(NULL AS BIGINT) AS source_row, * FROM (${rows.select})`)
  const parsed = `${table.slice(0, -1)}_parsed"`
  return {
    ...read,
    parse: () => readCsvRows(connection, parsed, { ...rows, input, delimiter: files.delimiter }, () => {}),
  }
}

/** Whether files of this name are CSV. */
export function isCsv(files: TableFiles | DocumentFiles, name: string): boolean {
  return (files.format ?? formatOf(name, name)) === 'csv'
}

/** Whether files of this name are Parquet. */
export function isParquet(files: TableFiles | DocumentFiles, name: string): boolean {
  return (files.format ?? formatOf(name, name)) === 'parquet'
}

/** Whether files of this name are no text. */
export function isBinary(files: TableFiles | DocumentFiles, name: string): boolean {
  const format = files.format ?? formatOf(name, name)
  return format === 'parquet' || format === 'arrow'
}

/** An empty relation for a source of which no such file was given. */
export async function createEmptyTable(connection: DuckDBConnection, table: string, files: TableFiles): Promise<void> {
  const columns = declaredColumns(files).map((column) => `, ${sqlIdentifier(column)} VARCHAR`)
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${table} (source_file VARCHAR, source_row BIGINT${columns.join('')})`,
  )
}

function formatOf(name: string, sourceFile: string): 'csv' | 'ndjson' | 'parquet' | 'arrow' {
  const extension = name.split('.').at(-1)?.toLowerCase()
  if (extension === 'csv' || extension === 'tsv' || extension === 'txt') return 'csv'
  if (extension === 'ndjson' || extension === 'jsonl') return 'ndjson'
  if (extension === 'parquet') return 'parquet'
  if (extension === 'arrow' || extension === 'arrows' || extension === 'feather') return 'arrow'
  throw new OversightError(
    'bad_input',
    `${sourceFile}: its name does not tell its format (.csv, .tsv, .txt, .ndjson, .jsonl, .parquet, .arrow, .arrows, .feather). Declare "format" in source.json.`,
  )
}

/** What a CSV file has, by its header, and the SELECT that parses it. */
async function openCsv(
  input: InputFile,
  files: TableFiles,
): Promise<{ read: ReadTable; rows: { select: string; columnCount: number } }> {
  const header = await readCsvHeader(input.path, input.sourceFile, files.delimiter)
  const { present, ...read } = compareColumns(header, input, fileColumns(files), ', line 1')
  // Positional names, so that nothing in the header reaches the parser's own renaming.
  const columns = header.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ')
  const selected = selectColumns(files, present, (column) => `c${header.indexOf(column)}`)
  const select = `SELECT ${selected.join(', ')}
    FROM read_csv(${sqlLiteral(input.path)}, auto_detect = false, header = true, compression = 'none',
      delim = ${sqlLiteral(files.delimiter)}, quote = '"', escape = '"', columns = {${columns}}, strict_mode = true,
      null_padding = false, ignore_errors = false, nullstr = '', max_line_size = ${maximumRecordBytes})`
  return { read, rows: { select, columnCount: header.length } }
}

async function readCsvRows(
  connection: DuckDBConnection,
  table: string,
  csv: { select: string; columnCount: number; input: InputFile; delimiter: string },
  onShare: OnShare,
): Promise<void> {
  const rows = `${table.slice(0, -1)}_rows"`
  try {
    await runWithProgress(connection, `CREATE TABLE ${rows} AS ${csv.select}`, onShare)
  } catch (cause) {
    throw await csvError(cause, csv.input, csv.columnCount, csv.delimiter)
  }
  // The engine keeps the order of the file, so a row's place is its number; counting while parsing would take one core.
  await connection.run(`CREATE VIEW ${table} AS
    SELECT ${sqlLiteral(csv.input.sourceFile)} AS source_file, rowid + 1 AS source_row, * FROM ${rows}`)
}

async function csvError(cause: unknown, input: InputFile, columnCount: number, delimiter: string) {
  const message = cause instanceof Error ? cause.message : String(cause)
  if (/not utf-8|Invalid unicode/i.test(message)) {
    const line = await firstLineNotUtf8(input.path)
    return new OversightError(
      'bad_input',
      `${input.sourceFile}${line === undefined ? '' : `, line ${line}`}: is not UTF-8 text. Convert the file to UTF-8, or declare its "encoding" in source.json. Nothing was loaded.`,
      { cause },
    )
  }
  const fault = await firstCsvFault(input.path, columnCount, delimiter, maximumRecordBytes)
  if (fault !== undefined) {
    return new OversightError(
      'bad_input',
      `${input.sourceFile}, line ${fault.line}: the record ${fault.what}. Mend the file; nothing was loaded.`,
      { cause, details: { file: input.sourceFile, line: fault.line } },
    )
  }
  const record = /CSV Error on Line: (\d+)/.exec(message)?.[1]
  const reason = /Maximum line size/i.test(message)
    ? `a record is larger than ${maximumRecordBytes} bytes`
    : 'it mixes line endings or is not RFC 4180; write it again with one kind of line ending'
  return new OversightError(
    'bad_input',
    `${input.sourceFile}${record === undefined ? '' : `, record ${record}`}: cannot be read as CSV: ${reason}. Nothing was loaded.`,
    { cause },
  )
}

async function readNdjson(
  connection: DuckDBConnection,
  table: string,
  input: InputFile,
  files: TableFiles,
  onShare: OnShare,
): Promise<ReadTable> {
  const lines = `${table.slice(0, -1)}_lines"`
  await readJsonLines(connection, lines, input, onShare)
  const keys = await connection.runAndReadAll(`SELECT DISTINCT unnest(json_keys(json)) FROM ${lines}`)
  const { present, ...read } = compareColumns(
    keys.getRows().map(([key]) => String(key)),
    input,
    // A line may leave any column out; what is required is checked row by row.
    { required: [], optional: Object.values(fileColumns(files)).flat() },
    '',
  )
  const selected = selectColumns(files, present, (column) => `(json ->> ${sqlLiteral(`$."${column}"`)})`)
  await connection.run(`CREATE TABLE ${table} AS
    SELECT ${sqlLiteral(input.sourceFile)} AS source_file, source_row, ${selected.join(', ')} FROM ${lines}`)
  await connection.run(`DROP TABLE ${lines}`)
  return read
}

async function readArrow(
  connection: DuckDBConnection,
  table: string,
  input: InputFile,
  files: TableFiles,
): Promise<ReadTable> {
  const rows = { catalog: 'staging', schema: 'raw', table: `arrow of ${input.sourceFile}` }
  // Imported here: few loads need the library.
  const { readArrowFile } = await import('./read-arrow-file.ts')
  const names = await readArrowFile(connection, rows, input)
  const { present, ...read } = compareColumns(names, input, fileColumns(files), '')
  const selected = selectColumns(files, present, (column) => `c${names.indexOf(column)}`)
  const name = [rows.catalog, rows.schema, rows.table].map(sqlIdentifier).join('.')
  await connection.run(`CREATE TABLE ${table} AS
    SELECT ${sqlLiteral(input.sourceFile)} AS source_file, source_row, ${selected.join(', ')} FROM ${name}`)
  await connection.run(`DROP TABLE ${name}`)
  return read
}

async function readParquet(
  connection: DuckDBConnection,
  table: string,
  input: InputFile,
  files: TableFiles,
): Promise<ReadTable> {
  try {
    await refuseParquetBomb(connection, input)
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${sqlLiteral(input.path)})`)
    const { present, ...read } = compareColumns(
      described.getRows().map(([name]) => String(name)),
      input,
      fileColumns(files),
      '',
    )
    const selected = selectColumns(files, present, sqlIdentifier)
    // A view: Parquet is typed and compressed already, a copy of it would only cost time and disk.
    await connection.run(`CREATE VIEW ${table} AS
      SELECT ${sqlLiteral(input.sourceFile)} AS source_file, file_row_number + 1 AS source_row, ${selected.join(', ')}
      FROM read_parquet(${sqlLiteral(input.path)}, file_row_number = true)`)
    return read
  } catch (cause) {
    if (cause instanceof OversightError) throw cause
    throw parquetError(cause, input)
  }
}

function parquetError(cause: unknown, input: InputFile): OversightError {
  const message =
    cause instanceof Error ? cause.message.split('\n')[0]?.replaceAll(input.path, input.sourceFile) : cause
  const what = `is not a sound Parquet file (${message})`
  return new OversightError('bad_input', `${input.sourceFile}: ${what}. Nothing was loaded.`, { cause })
}

/** Throws bad_input for a Parquet file that cannot be read to its end: it is read only by what reads its relation. */
export async function refuseDamagedParquet(connection: DuckDBConnection, input: InputFile): Promise<void> {
  try {
    // Hashing touches every value; counting alone would read the footer.
    await connection.run(`SELECT sum(hash(r)) FROM read_parquet(${sqlLiteral(input.path)}) r`)
  } catch (cause) {
    throw parquetError(cause, input)
  }
}

/** A few bytes of Parquet can stand for any number of equal rows, so its footer is held against its size first. */
async function refuseParquetBomb(connection: DuckDBConnection, input: InputFile): Promise<void> {
  const path = sqlLiteral(input.path)
  const rowCount = await countOf(connection, `SELECT sum(num_rows) FROM parquet_file_metadata(${path})`)
  const byteCount = await countOf(connection, `SELECT sum(total_uncompressed_size) FROM parquet_metadata(${path})`)
  const what =
    rowCount > input.maximumUnpackedBytes
      ? `has ${rowCount.toLocaleString('en-US')} rows`
      : byteCount > input.maximumUnpackedBytes
        ? `unpacks to ${byteCount.toLocaleString('en-US')} bytes`
        : undefined
  if (what === undefined) return
  throw new OversightError(
    'bad_input',
    `${input.sourceFile}: ${what}, far more than its size can hold; refused as a decompression bomb. Nothing was loaded.`,
  )
}

/** The columns of the raw relation, from those of the file that are present. */
function selectColumns(files: TableFiles, present: ReadonlySet<string>, read: (column: string) => string): string[] {
  return declaredColumns(files).map((column) =>
    declaredColumn(column, files, (name) => (present.has(name) ? read(name) : 'NULL::VARCHAR')),
  )
}

const longestName = 60

/**
 * What a file has that nobody reads: a column that was renamed is among it. Where no column is known the first line is
 * none of column names, and told are only guesses: it may hold values.
 */
function insteadOf(columns: readonly string[], known: ReadonlySet<string>): string {
  if (columns.some((column) => column.includes('\0'))) {
    return 'The header holds NUL bytes: if the file is UTF-16, convert it to UTF-8 or declare its "encoding" in source.json.'
  }
  if (!columns.some((column) => known.has(column))) {
    return 'It has no column that the source knows: is it the right file, with a header, the right delimiter and encoding?'
  }
  const others = columns.filter((column) => !known.has(column) && column !== '')
  if (others.length === 0) return 'Nothing was loaded.'
  const names = listNames(others.map((name) => JSON.stringify(name.slice(0, longestName))))
  return `It has ${names}, which the source does not know: was a column renamed?`
}

function compareColumns(
  columns: readonly string[],
  input: InputFile,
  files: { required: readonly string[]; optional: readonly string[] },
  where: string,
) {
  const known = new Set([...files.required, ...files.optional])
  // Of columns that nobody reads it does not matter which is which.
  const twice = columns.find((column, index) => known.has(column) && columns.indexOf(column) !== index)
  if (twice !== undefined) {
    throw new OversightError('bad_input', `${input.sourceFile}${where}: column ${twice} is there twice.`)
  }
  if (columns.length > maximumColumns) {
    throw new OversightError(
      'bad_input',
      `${input.sourceFile}${where}: has ${columns.length} columns, more than the ${maximumColumns} that are read.`,
    )
  }
  const missing = files.required.filter((column) => !columns.includes(column))
  if (missing.length > 0) {
    throw new OversightError(
      'bad_input',
      `${input.sourceFile}${where}: required column${missing.length === 1 ? '' : 's'} missing: ${missing.join(', ')}. ${insteadOf(columns, known)}`,
    )
  }
  return {
    present: new Set(columns.filter((column) => known.has(column))),
    absentColumns: files.optional.filter((column) => !columns.includes(column)),
    ignoredColumns: [...new Set(columns.filter((column) => !known.has(column)))].map(
      (name) => name || '(without a name)',
    ),
  }
}
