import { closeSync, openSync, readSync } from 'node:fs'
import { Transform } from 'node:stream'
import { OversightError } from '#models/oversight-error.ts'

/** The encoding that a byte order mark declares. Without one a file is UTF-8. */
function encodingOfMark(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** Whether an unpacked file must be rewritten to be read as UTF-8. */
export function needsTranscoding(path: string, declared: string | undefined): boolean {
  if (declared !== undefined) return new TextDecoder(declared).encoding !== 'utf-8'
  const bytes = new Uint8Array(2)
  const file = openSync(path, 'r')
  try {
    readSync(file, bytes, 0, 2, 0)
  } finally {
    closeSync(file)
  }
  return encodingOfMark(bytes) !== 'utf-8'
}

/**
 * A stream that turns text of the declared encoding, else of that of its byte order mark, into UTF-8 without a mark.
 * Text that is UTF-8 passes untouched. Fails with bad_input at bytes that are no text of the encoding.
 */
export function transcode(sourceFile: string, declared: string | undefined): Transform {
  let decoder: TextDecoder | null | undefined
  let line = 1
  const decode = (bytes: Uint8Array | undefined): string | Uint8Array => {
    if (decoder === null || decoder === undefined) return bytes ?? ''
    let text: string
    try {
      text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch (cause) {
      throw new OversightError(
        'bad_input',
        `${sourceFile}, at or after line ${line}: is not ${decoder.encoding} text. Declare its encoding in source.json, or convert it. Nothing was loaded.`,
        { cause },
      )
    }
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line += 1
    return text
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (decoder === undefined) {
        const encoding = declared ?? encodingOfMark(chunk)
        decoder = new TextDecoder(encoding, { fatal: true })
        if (decoder.encoding === 'utf-8') decoder = null
      }
      try {
        done(null, decode(chunk))
      } catch (error) {
        done(error as Error)
      }
    },
    flush(done) {
      try {
        const rest = decode(undefined)
        done(null, rest.length === 0 ? undefined : rest)
      } catch (error) {
        done(error as Error)
      }
    },
  })
}
