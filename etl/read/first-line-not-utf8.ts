import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'

const lineFeed = 0x0a
const carriageReturn = 0x0d

/**
 * The first line (1-based) of a text file that is not UTF-8, whether lines end in LF, CR LF or CR. Only called after the
 * fast parser refused the file, because that one counts records and not lines. Undefined when all of it is UTF-8.
 */
export async function firstLineNotUtf8(path: string): Promise<number | undefined> {
  let line = 1
  let previous = 0
  let rest: Buffer = Buffer.alloc(0)
  const faultyLine = (bytes: Buffer): number | undefined => {
    const isSound = isUtf8(bytes)
    let from = 0
    for (const [at, byte] of bytes.entries()) {
      const isEnd = byte === carriageReturn || (byte === lineFeed && previous !== carriageReturn)
      previous = byte
      if (!isEnd) continue
      if (!isSound && !isUtf8(bytes.subarray(from, at))) return line
      from = at + 1
      line += 1
    }
    return isSound ? undefined : line
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, chunk])
    // A byte of the lower half is a whole character, so the text may be cut behind it.
    const end = bytes.findLastIndex((byte) => byte < 0x80) + 1
    rest = bytes.subarray(end)
    const fault = faultyLine(bytes.subarray(0, end))
    if (fault !== undefined) return fault
  }
  return faultyLine(rest)
}
