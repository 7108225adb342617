import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Writes to standard output until there is no more, or until its reader has seen enough, as with "| head". */
export async function writeToStandardOutput(pieces: Readable): Promise<void> {
  try {
    await pipeline(pieces, process.stdout, { end: false })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return
    throw error
  }
}
