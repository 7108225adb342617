import { open } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { OversightError } from '#models/oversight-error.ts'
import type { DocumentFiles } from '../source-folder.ts'
import { sqlIdentifier, sqlLiteral } from '../sql-literal.ts'
import type { InputFile, ReadLimits } from './input-file.ts'
import { maximumRecordBytes, readJsonLines } from './read-json-lines.ts'

/** In place of an array's name: the document itself is the array. */
const wholeDocument = '$'

/** Raw relations of JSON documents have these columns. */
const relationColumns = 'source_file VARCHAR, source_row BIGINT, document JSON'

export async function createDocumentRelations(
  connection: DuckDBConnection,
  schema: string,
  files: DocumentFiles,
): Promise<void> {
  for (const relation of files.relations) {
    await connection.run(`CREATE TABLE IF NOT EXISTS ${schema}.${sqlIdentifier(relation.name)} (${relationColumns})`)
  }
}

/**
 * Reads one JSON document and appends the elements of its named top-level arrays, each as JSON text with its position,
 * to the raw relations. Numbers keep every digit: the text is cut, not parsed and written again.
 * Throws bad_input with line and column when it is no JSON object, or lacks an array that is not optional.
 */
export async function readDocumentFile(
  connection: DuckDBConnection,
  schema: string,
  input: InputFile,
  files: DocumentFiles,
  limits: ReadLimits,
): Promise<void> {
  if (files.format === 'ndjson') return readDocumentLines(connection, schema, input, files)
  const file = await open(input.path)
  const { size } = await file.stat()
  await file.close()
  if (size > limits.maximumDocumentBytes) {
    throw new OversightError(
      'bad_input',
      `${input.sourceFile}: one JSON document of ${size} bytes; at most ${limits.maximumDocumentBytes} are parsed as a whole. Write it as NDJSON.`,
    )
  }
  const literal = sqlLiteral(input.path)
  try {
    await connection.run(`CREATE OR REPLACE TABLE ${schema}."document of file" AS
      SELECT json(ltrim(content, chr(65279))) AS document FROM read_text(${literal})`)
  } catch (cause) {
    throw await jsonError(cause, input)
  }
  const document = `${schema}."document of file"`
  const type = await connection.runAndReadAll(`SELECT json_type(document) FROM ${document}`)
  const isArray = files.relations.some(({ array }) => array === wholeDocument)
  if (type.getRows()[0]?.[0] !== (isArray ? 'ARRAY' : 'OBJECT')) {
    const expected = isArray ? 'a JSON array' : 'a JSON object'
    throw new OversightError('bad_input', `${input.sourceFile}, line 1: ${expected} is expected at the top.`)
  }
  const arrays = files.relations.flatMap((relation) => relation.array ?? [])
  let readCount = 0
  for (const relation of files.relations) {
    const target = `${schema}.${sqlIdentifier(relation.name)}`
    if (relation.array === undefined) {
      const without = JSON.stringify(Object.fromEntries(arrays.map((name) => [name, null])))
      await connection.run(`INSERT INTO ${target}
        SELECT ${sqlLiteral(input.sourceFile)}, 1, json_merge_patch(document, ${sqlLiteral(without)}) FROM ${document}`)
      readCount += 1
      continue
    }
    const path = sqlLiteral(relation.array === wholeDocument ? '$' : `$."${relation.array}"`)
    const found = await connection.runAndReadAll(`SELECT json_type(document, ${path}) FROM ${document}`)
    const arrayType = found.getRows()[0]?.[0]
    if (arrayType !== 'ARRAY') {
      if (relation.isOptional && (arrayType === null || arrayType === 'NULL')) continue
      throw new OversightError(
        'bad_input',
        `${input.sourceFile}: there is no array "${relation.array}" at the top of the document. Is this the right kind of file?`,
      )
    }
    await connection.run(`INSERT INTO ${target}
      SELECT ${sqlLiteral(input.sourceFile)}, unnest(range(1, len(items) + 1)), unnest(items)
      FROM (SELECT json_extract(json_extract(document, ${path}), '$[*]') AS items FROM ${document})`)
    const large = await connection.runAndReadAll(`SELECT min(source_row) FROM ${target}
      WHERE source_file = ${sqlLiteral(input.sourceFile)} AND strlen(document) > ${maximumRecordBytes}`)
    const element = large.getRows()[0]?.[0] ?? null
    if (element !== null) {
      throw new OversightError(
        'bad_input',
        `${input.sourceFile}: element ${element} of ${relation.array === wholeDocument ? 'the array' : `"${relation.array}"`} is larger than ${maximumRecordBytes} bytes. Nothing was loaded.`,
      )
    }
    readCount += 1
  }
  if (readCount === 0) {
    throw new OversightError(
      'bad_input',
      `${input.sourceFile}: there is none of the arrays ${arrays.join(', ')} at the top of the document. Is this the right kind of file?`,
    )
  }
  await connection.run(`DROP TABLE ${document}`)
}

/** One document per line: its line is the row. */
async function readDocumentLines(
  connection: DuckDBConnection,
  schema: string,
  input: InputFile,
  files: DocumentFiles,
): Promise<void> {
  const lines = `${schema}."lines of file"`
  await readJsonLines(connection, lines, input)
  for (const relation of files.relations) {
    const target = `${schema}.${sqlIdentifier(relation.name)}`
    const name = sqlLiteral(input.sourceFile)
    if (relation.array === undefined) {
      await connection.run(`INSERT INTO ${target} SELECT ${name}, source_row, json FROM ${lines}`)
    } else {
      // Several elements share their line: it is where they are found.
      const path = sqlLiteral(`$."${relation.array}"[*]`)
      await connection.run(`INSERT INTO ${target}
        SELECT ${name}, source_row, unnest(json_extract(json, ${path})) FROM ${lines}`)
    }
  }
  await connection.run(`DROP TABLE ${lines}`)
}

async function jsonError(cause: unknown, input: InputFile): Promise<OversightError> {
  const message = cause instanceof Error ? cause.message : String(cause)
  const match = /at byte (\d+) of input: (.+?)\. /.exec(message)
  if (match === null) {
    const what = /utf-?8|unicode/i.test(message) ? 'is not UTF-8 text' : 'cannot be read as JSON'
    return new OversightError('bad_input', `${input.sourceFile}: ${what}. Nothing was loaded.`, { cause })
  }
  const { line, column } = await placeOf(input.path, Number(match[1]))
  return new OversightError(
    'bad_input',
    `${input.sourceFile}, line ${line}, column ${column}: is not valid JSON: ${match[2]}. Mend the file; nothing was loaded.`,
    { cause, details: { file: input.sourceFile, line, column } },
  )
}

/** Line and column (1-based, in characters) of a byte offset. A leading byte order mark is no part of the offset. */
async function placeOf(path: string, offset: number): Promise<{ line: number; column: number }> {
  const file = await open(path)
  try {
    let line = 1
    let start: Buffer[] = []
    let remaining = offset
    for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      const isFirst = remaining === offset && line === 1 && start.length === 0
      const hasMark = isFirst && chunk.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))
      const part = chunk.subarray(hasMark ? 3 : 0).subarray(0, remaining)
      remaining -= part.length
      let from = 0
      for (let at = part.indexOf(0x0a); at !== -1; at = part.indexOf(0x0a, from)) {
        line += 1
        start = []
        from = at + 1
      }
      start.push(part.subarray(from))
      if (remaining === 0) break
    }
    return { line, column: Buffer.concat(start).toString('utf8').length + 1 }
  } finally {
    await file.close()
  }
}
