import { createReadStream } from 'node:fs'

const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * The physical line (1-based) on which records of a text file begin. `records` are their numbers, ascending, from 1 on; the
 * header of a CSV file is record 0. An empty line is no record. In CSV (RFC 4180; `delimiter` is given) a quoted field may
 * hold line ends; in NDJSON (null) every line feed ends a record. Reads the file once, no further than the last record
 * asked for, and looks at little more than its line ends. Numbers beyond the end of the file are left out.
 */
export async function recordLines(
  path: string,
  records: readonly number[],
  delimiter: string | null,
): Promise<Map<number, number>> {
  const found = new Map<number, number>()
  const separator = delimiter?.charCodeAt(0)
  let record = delimiter === null ? 1 : 0
  let line = 1
  let isQuoted = false
  let isInRecord = false
  let offset = 0
  /** Of the byte after the last quote that closed a field: another one there is the second of a pair. */
  let afterQuote = -1
  let lastOfChunk = lineFeed

  for await (const read of createReadStream(path, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
    const hasMark = offset === 0 && read.subarray(0, byteOrderMark.length).equals(byteOrderMark)
    const chunk = hasMark ? read.subarray(byteOrderMark.length) : read
    const nextMark = createMarkFinder(chunk, separator === undefined ? [lineFeed] : [lineFeed, carriageReturn, quote])
    for (let from = 0; from < chunk.length; ) {
      const at = nextMark(from)
      const mark = chunk[at]
      if (!isInRecord && (mark === quote || isText(chunk, from, at, separator === undefined))) {
        isInRecord = true
        if (record === records[found.size]) found.set(record, line)
        if (found.size === records.length) return found
      }
      const before = at === 0 ? lastOfChunk : chunk[at - 1]
      if (mark === quote) {
        // Elsewhere than at the beginning of a field it is a sign like any other.
        const isFirst = before === separator || before === lineFeed || before === carriageReturn
        if (isQuoted) afterQuote = offset + at + 1
        isQuoted = !isQuoted && (isFirst || afterQuote === offset + at)
      } else if (
        mark !== undefined &&
        (mark === carriageReturn || before !== carriageReturn || separator === undefined)
      ) {
        line += 1
        if (isInRecord && !isQuoted) {
          isInRecord = false
          record += 1
        }
      }
      from = at + 1
    }
    offset += chunk.length
    lastOfChunk = chunk.at(-1) ?? lastOfChunk
  }
  return found
}

/** Gives the first place of any of the bytes from a place on, the length of the chunk when there is none. */
function createMarkFinder(chunk: Buffer, bytes: readonly number[]): (from: number) => number {
  const places = bytes.map(() => -1)
  return (from) => {
    let first = chunk.length
    for (const [index, byte] of bytes.entries()) {
      let place = places[index] ?? -1
      if (place < from) {
        place = chunk.indexOf(byte, from)
        if (place === -1) place = chunk.length
        places[index] = place
      }
      if (place < first) first = place
    }
    return first
  }
}

/** Whether there is anything between two places; of JSON blanks are nothing. */
function isText(chunk: Buffer, from: number, to: number, areBlanksNothing: boolean): boolean {
  if (!areBlanksNothing) return to > from
  for (let at = from; at < to; at += 1) if ((chunk[at] ?? 0) > 0x20) return true
  return false
}
