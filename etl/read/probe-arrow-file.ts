import { openArrowFile } from './arrow-batches.ts'

/**
 * Run as a process of its own by refuse-deadly-arrow-file.ts, with the file's path, its bytes and the bytes it may
 * unpack to: goes through a file as a load does and keeps nothing. Whatever is wrong with the file the load finds
 * again and words; what counts here is to come to an end.
 */
const [path = '', byteCount, maximumUnpackedBytes] = process.argv.slice(2)
try {
  const { batches } = await openArrowFile({
    path,
    byteCount: Number(byteCount),
    maximumUnpackedBytes: Number(maximumUnpackedBytes),
  })
  for await (const _ of batches);
} catch {}
