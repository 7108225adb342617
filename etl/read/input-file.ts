import { createHash } from 'node:crypto'
import { accessSync, constants, createReadStream, createWriteStream, type Stats, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { PassThrough, Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { OversightError } from '#models/oversight-error.ts'
import { needsTranscoding, transcode } from './transcode.ts'

/** What one file may cost. A small archive that unfolds without end is refused before anything parses it. */
export interface ReadLimits {
  /** Bytes of one file, unpacked. */
  maximumBytes: number
  /** Bytes of one JSON document, which is parsed as a whole. */
  maximumDocumentBytes: number
  /** Unpacked bytes per packed byte, judged from 10 MiB on. */
  maximumRatio: number
}

export const defaultReadLimits: ReadLimits = {
  maximumBytes: 64 * 2 ** 30,
  maximumDocumentBytes: 512 * 2 ** 20,
  maximumRatio: 100,
}

const ratioFloorBytes = 10 * 2 ** 20

/** What a load reads, as records and reports know it: a file, or a relation of PostgreSQL. */
export interface LoadInput {
  /** Name in lineage and messages. */
  sourceFile: string
  /** Of the file as given, or of the rows. */
  sha256: string
  byteCount: number
}

/** A file ready to be parsed: regular, hashed, unpacked. */
export interface InputFile extends LoadInput {
  /** Name without .gz or .zst; decides relation and format. */
  plainName: string
  /** Where the unpacked bytes are. */
  path: string
  /** Of the file as given. */
  sha256: string
  byteCount: number
  /** Full path, size and time of the file as given, when it was hashed. */
  given: { path: string; state: string }
  /** What the packed parts of its format (Parquet, Arrow) may unpack to, in bytes. */
  maximumUnpackedBytes: number
}

const packingEnding = /\.(gz|zst)$/i

/** A file's name without the ending that says how it is packed. */
export function plainNameOf(path: string): string {
  return basename(path).replace(packingEnding, '')
}

/**
 * Hashes a file, unpacks it into the work folder when it ends in .gz or .zst, and rewrites it there as UTF-8 when it is
 * text of another encoding. `number` tells its copy apart; `encoding` is that of text, null for binary formats.
 * Throws not_found, or bad_input for what is no regular file, truncated, damaged or beyond the limits.
 */
export async function prepareInputFile(
  given: { path: string; sourceFile: string; number: number; encoding: string | null | undefined },
  workDirectory: string,
  limits: ReadLimits,
  onBytes: (count: number) => void,
): Promise<InputFile> {
  const { path, sourceFile } = given
  const packing = packingEnding.exec(path)?.[1]?.toLowerCase()
  const stat = statFile(path)
  if (packing === undefined && stat.size > limits.maximumBytes) throw tooLarge(sourceFile, limits)

  const hash = createHash('sha256')
  let packedBytes = 0
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      packedBytes += chunk.length
      onBytes(chunk.length)
      done(null, chunk)
    },
  })
  let unpackedBytes = 0
  const guard = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpackedBytes += chunk.length
      if (unpackedBytes > limits.maximumBytes) return done(tooLarge(sourceFile, limits))
      if (unpackedBytes > ratioFloorBytes && unpackedBytes > packedBytes * limits.maximumRatio) {
        return done(
          new OversightError(
            'bad_input',
            `${sourceFile}: unpacks to more than ${limits.maximumRatio} times its size; refused as a decompression bomb. Unpack it yourself if you trust it.`,
          ),
        )
      }
      done(null, chunk)
    },
  })
  // The parser would take these characters for a pattern, so such a file is read from a copy as well.
  const isOtherText =
    given.encoding !== null && (packing !== undefined || needsTranscoding(path, given.encoding ?? undefined))
  const isCopied = packing !== undefined || isOtherText || /[*?[\]{}]/.test(path)
  const target = isCopied ? join(workDirectory, `input-${given.number}`) : path
  try {
    await pipeline(
      createReadStream(path),
      tap,
      packing === 'gz' ? createGunzip() : packing === 'zst' ? createZstdDecompress() : new PassThrough(),
      guard,
      isOtherText ? transcode(sourceFile, given.encoding ?? undefined) : new PassThrough(),
      isCopied ? createWriteStream(target, { mode: 0o600 }) : discard(),
    )
  } catch (cause) {
    if (cause instanceof OversightError) throw cause
    throw packing === undefined ? cause : damagedArchive(sourceFile, packing, stat.size, cause)
  }
  const input: InputFile = {
    sourceFile,
    given: { path, state: stateOf(stat) },
    plainName: plainNameOf(path),
    path: target,
    sha256: hash.digest('hex'),
    byteCount: stat.size,
    maximumUnpackedBytes: Math.min(limits.maximumBytes, Math.max(ratioFloorBytes, unpackedBytes * limits.maximumRatio)),
  }
  refuseChangedFile(input)
  return input
}

/**
 * Throws bad_input when a file is no longer the one that was hashed: parts of the old and the new one would be loaded
 * under the hash of neither.
 */
export function refuseChangedFile({ sourceFile, given }: InputFile): void {
  const stat = statSync(given.path, { throwIfNoEntry: false })
  if (stat !== undefined && stateOf(stat) === given.state) return
  throw new OversightError(
    'bad_input',
    `${sourceFile}: was ${stat === undefined ? 'removed' : 'changed'} while it was read. Load it again once nobody writes to it; nothing was loaded.`,
  )
}

function stateOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs}`
}

function discard(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

function statFile(path: string): Stats {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw new OversightError('not_found', `${path}: there is no such file.`)
  if (!stat.isFile()) throw new OversightError('bad_input', `${path}: is not a regular file.`)
  try {
    accessSync(path, constants.R_OK)
  } catch (error) {
    // Later on it would look as if the warehouse could not be written.
    throw isDenied(error) ? unreadable(path) : error
  }
  return stat
}

/** Whether the file system failed because this user lacks a right. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')
}

/** What is said of a file or folder that this user may not read. */
export function unreadable(path: string): OversightError {
  return new OversightError(
    'bad_input',
    `${path}: may not be read by the user that loads. Give that user the right to read it; nothing was loaded.`,
  )
}

function tooLarge(sourceFile: string, limits: ReadLimits): OversightError {
  return new OversightError(
    'bad_input',
    `${sourceFile}: larger than ${limits.maximumBytes} bytes unpacked. Split it, or raise --max-file-bytes.`,
  )
}

function damagedArchive(sourceFile: string, packing: string, size: number, cause: unknown): OversightError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const name = packing === 'gz' ? 'gzip' : 'zstd'
  const what =
    code === 'Z_BUF_ERROR' || /unexpected end|frame is not complete|ended early/i.test(String(cause))
      ? `the ${name} archive is truncated: it ends in the middle, after ${size} bytes. Copy or download it again.`
      : `is not a sound ${name} archive (${cause instanceof Error ? cause.message : cause}).`
  return new OversightError('bad_input', `${sourceFile}: ${what}`, { cause })
}
