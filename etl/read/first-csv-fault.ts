import { createReadStream } from 'node:fs'

const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d

/**
 * Finds the first record of a CSV file that breaks RFC 4180 has another number of fields than expected, or is larger
 * than the bytes given.
 * Only called after the fast parser refused the file, because that one counts records and not lines.
 * Returns the line on which the record begins (1-based), or undefined when every record is sound.
 */
export async function firstCsvFault(
  path: string,
  columnCount: number,
  delimiter: string,
  maximumRecordBytes: number,
): Promise<{ line: number; what: string } | undefined> {
  const delimiterByte = delimiter.charCodeAt(0)
  let line = 1
  let recordLine = 1
  let fieldCount = 1
  let recordBytes = 0
  let state: 'field start' | 'plain' | 'quoted' | 'after quote' = 'field start'
  let previous = 0

  const endOfRecord = () => {
    // An empty line is no record.
    const isBlank = recordBytes === 0
    const found = fieldCount
    fieldCount = 1
    recordBytes = 0
    state = 'field start'
    return isBlank || found === columnCount
      ? undefined
      : { line: recordLine, what: `has ${found} field${found === 1 ? '' : 's'} where the header has ${columnCount}` }
  }

  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      const isLineFeedOfPair = byte === lineFeed && previous === carriageReturn
      previous = byte
      if (recordBytes > maximumRecordBytes) {
        return { line: recordLine, what: `is larger than ${maximumRecordBytes} bytes` }
      }
      if (state === 'quoted') {
        recordBytes += 1
        if (byte === quote) state = 'after quote'
        else if ((byte === lineFeed && !isLineFeedOfPair) || byte === carriageReturn) line += 1
        continue
      }
      if (byte === lineFeed || byte === carriageReturn) {
        if (isLineFeedOfPair) {
          recordLine = line
          continue
        }
        const fault = endOfRecord()
        if (fault) return fault
        line += 1
        recordLine = line
        continue
      }
      recordBytes += 1
      if (byte === delimiterByte) {
        fieldCount += 1
        state = 'field start'
      } else if (byte === quote && state === 'field start') {
        state = 'quoted'
      } else if (byte === quote && state === 'after quote') {
        state = 'quoted'
      } else if (state === 'after quote') {
        return { line: recordLine, what: 'has text after a closing quote (a quote inside a field is written twice)' }
      } else {
        state = 'plain'
      }
    }
  }
  if (state === 'quoted') return { line: recordLine, what: 'opens a quote that is never closed' }
  return endOfRecord()
}
