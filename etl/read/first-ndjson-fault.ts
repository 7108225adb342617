import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/**
 * Finds the first line of an NDJSON file that is no JSON object. Only called after the fast parser refused the file,
 * because that one miscounts lines. Returns undefined when every line is sound.
 */
export async function firstNdjsonFault(path: string): Promise<{ line: number; what: string } | undefined> {
  let line = 0
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    if (text.trim() === '') continue
    let value: unknown
    try {
      value = JSON.parse(line === 1 ? text.replace(/^\uFEFF/, '') : text)
    } catch {
      return { line, what: 'is not valid JSON' }
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { line, what: 'is no JSON object (one object per line is expected)' }
    }
  }
  return undefined
}
