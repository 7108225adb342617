import { createReadStream } from 'node:fs'

/**
 * Finds the first line of an NDJSON file that is no JSON object, is larger than the bytes given, or is not UTF-8. Only
 * called after the fast parser refused the file, because that one miscounts lines. At most one line is held in memory.
 * Returns undefined when every line is sound.
 */
export async function firstNdjsonFault(
  path: string,
  maximumLineBytes: number,
): Promise<{ line: number; what: string } | undefined> {
  let line = 1
  let parts: Buffer[] = []
  let byteCount = 0
  const endOfLine = () => {
    const what = faultOf(Buffer.concat(parts), line === 1)
    parts = []
    byteCount = 0
    return what === undefined ? undefined : { line, what }
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (let from = 0; from < chunk.length; ) {
      const at = chunk.indexOf(0x0a, from)
      const part = chunk.subarray(from, at === -1 ? undefined : at)
      parts.push(part)
      byteCount += part.length
      if (byteCount > maximumLineBytes) return { line, what: `is larger than ${maximumLineBytes} bytes` }
      if (at === -1) break
      const fault = endOfLine()
      if (fault) return fault
      line += 1
      from = at + 1
    }
  }
  return endOfLine()
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function faultOf(bytes: Buffer, isFirst: boolean): string | undefined {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return 'is not UTF-8 text'
  }
  if (text.trim() === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(isFirst ? text.replace(/^\uFEFF/, '') : text)
  } catch {
    return 'is not valid JSON'
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined
  return 'is no JSON object (one object per line is expected)'
}
