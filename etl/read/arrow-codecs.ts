import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { CompressionType, compressionRegistry } from 'apache-arrow'
import { compressFrameSync, decompressFrameSync } from 'lz4-napi'
import { OversightError } from '#models/oversight-error.ts'

/** Upper bound of the bytes that may still be unpacked, and who is told of what was. */
interface Allowance {
  left(): number
  take(bytes: number): void
}

/**
 * Lets the Arrow library read and write buffers packed with LZ4 (frames) or zstd. The library keeps its codecs for the
 * whole process, so each file sets them anew: all its buffers together unpack to at most `maximumBytes`.
 * Unpacking throws bad_input with what is wrong, without the name of the file.
 */
export function setArrowCodecs(maximumBytes: number): void {
  let unpackedBytes = 0
  const allowance: Allowance = {
    left: () => maximumBytes - unpackedBytes,
    take(bytes) {
      unpackedBytes += bytes
      if (unpackedBytes > maximumBytes) throw bomb()
    },
  }
  compressionRegistry.set(CompressionType.LZ4_FRAME, {
    encode: (bytes) => compressFrameSync(Buffer.from(bytes)),
    decode: (bytes) => unpackLz4(bytes, allowance),
  })
  compressionRegistry.set(CompressionType.ZSTD, {
    encode: (bytes) => zstdCompressSync(bytes),
    decode: (bytes) => unpackZstd(bytes, allowance),
  })
}

function unpackZstd(bytes: Uint8Array, allowance: Allowance): Uint8Array {
  try {
    const unpacked = zstdDecompressSync(bytes, { maxOutputLength: Math.max(allowance.left(), 1) })
    allowance.take(unpacked.length)
    return unpacked
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') throw bomb()
    throw cause
  }
}

function unpackLz4(bytes: Uint8Array, allowance: Allowance): Uint8Array {
  // The library unpacks without a bound, so the frame is held against it first.
  if (mostBytesOfLz4Frame(bytes) > allowance.left()) throw bomb()
  const unpacked = decompressFrameSync(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  allowance.take(unpacked.length)
  return unpacked
}

/**
 * What an LZ4 frame can unpack to at most, from its header and the headers of its blocks (LZ4 frame format 1.6): a
 * packed byte gives no more than 255, a block no more than the frame's block size. Throws when it is no whole frame.
 */
function mostBytesOfLz4Frame(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0, true) !== 0x184d2204) throw new Error('an LZ4 frame is expected')
  const flags = view.getUint8(4)
  const maximumBlockBytes = 2 ** (8 + 2 * ((view.getUint8(5) >> 4) & 7))
  const [hasBlockChecksum, hasContentSize, hasDictionary] = [flags & 0x10, flags & 0x08, flags & 0x01]
  let at = 7 + (hasContentSize ? 8 : 0) + (hasDictionary ? 4 : 0)
  let most = 0
  for (let block = view.getUint32(at, true); block !== 0; block = view.getUint32(at, true)) {
    const size = block & 0x7fffffff
    const isPlain = block >>> 31 === 1
    most += isPlain ? size : Math.min(size * 255, maximumBlockBytes)
    at += 4 + size + (hasBlockChecksum ? 4 : 0)
  }
  return most
}

function bomb(): OversightError {
  return new OversightError('bad_input', 'its buffers unpack to too much for its size; refused as a decompression bomb')
}
