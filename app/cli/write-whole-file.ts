import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { OversightError } from '#models/oversight-error.ts'

/**
 * Writes a file that appears when it is complete: whoever reads it meanwhile gets the one before. Only the owner may read
 * it unless `mode` says otherwise. Throws bad_input when it cannot be written.
 */
export async function writeWholeFile(
  pieces: Readable | string,
  file: string,
  { mode = 0o600 }: { mode?: number } = {},
): Promise<void> {
  const partial = `${file}.partial`
  try {
    await pipeline(typeof pieces === 'string' ? Readable.from([pieces]) : pieces, createWriteStream(partial, { mode }))
    renameSync(partial, file)
  } catch (cause) {
    rmSync(partial, { force: true })
    if (cause instanceof OversightError) throw cause
    throw new OversightError(
      'bad_input',
      `${file} cannot be written: ${cause instanceof Error ? cause.message : cause}.`,
      { cause },
    )
  }
}
