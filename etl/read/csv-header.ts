import { open } from 'node:fs/promises'
import { OversightError } from '#models/oversight-error.ts'

const maximumHeaderBytes = 1024 * 1024

/**
 * Reads the column names of a CSV file: its first record, RFC 4180, UTF-8 with or without a byte order mark.
 * Throws bad_input when the file is empty or the header cannot be read.
 */
export async function readCsvHeader(path: string, sourceFile: string, delimiter: string): Promise<string[]> {
  const file = await open(path)
  let text: string
  let isCut = false
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(maximumHeaderBytes), 0, maximumHeaderBytes, 0)
    isCut = bytesRead === maximumHeaderBytes
    text = buffer.subarray(0, bytesRead).toString('utf8')
  } finally {
    await file.close()
  }
  const columns = firstRecord(text.replace(/^\uFEFF/, ''), delimiter, isCut)
  if (columns === 'too long') {
    throw new OversightError(
      'bad_input',
      `${sourceFile}, line 1: the header is longer than ${maximumHeaderBytes} bytes. Is this the right file?`,
    )
  }
  if (columns === undefined) {
    throw new OversightError('bad_input', `${sourceFile}, line 1: the header has a quote that is never closed.`)
  }
  if (columns.every((column) => column.trim() === '')) {
    throw new OversightError(
      'bad_input',
      text === ''
        ? `${sourceFile}: is empty. Export it again, or leave it out.`
        : `${sourceFile}, line 1: there is no header with column names. Put one before the rows.`,
    )
  }
  return columns.map((column) => column.trim())
}

function firstRecord(text: string, delimiter: string, isCut: boolean): string[] | undefined | 'too long' {
  const columns: string[] = []
  let value = ''
  let isQuoted = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (isQuoted) {
      if (character === '"' && text[index + 1] === '"') {
        value += '"'
        index += 1
      } else if (character === '"') isQuoted = false
      else value += character
    } else if (character === '"' && value === '') isQuoted = true
    else if (character === delimiter) {
      columns.push(value)
      value = ''
    } else if (character === '\n' || character === '\r') return [...columns, value]
    else value += character
  }
  if (isCut) return 'too long'
  return isQuoted ? undefined : [...columns, value]
}
