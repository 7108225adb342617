import { createReadStream } from 'node:fs'
import { type RecordBatch, RecordBatchReader, type Schema } from 'apache-arrow'
import { OversightError } from '#models/oversight-error.ts'
import { setArrowCodecs } from './arrow-codecs.ts'
import type { InputFile } from './input-file.ts'

export type ArrowInput = Pick<InputFile, 'path' | 'byteCount' | 'maximumUnpackedBytes'>

/**
 * Opens an Arrow IPC file or stream: its schema, and its batches one by one. Throws what the library throws for a file
 * that is none, and bad_input, without the name of the file, where its footer lies.
 */
export async function openArrowFile(
  input: ArrowInput,
): Promise<{ schema: Schema; batches: AsyncIterable<RecordBatch> }> {
  setArrowCodecs(input.maximumUnpackedBytes)
  const reader = await RecordBatchReader.from(createReadStream(input.path))
  await reader.open()
  return { schema: reader.schema, batches: batchesOf(reader, input.byteCount) }
}

/**
 * The batches of a stream, or those that the footer of a file names. Left to itself the library reads the same place of
 * a file for ever where its footer names something that is no batch.
 */
async function* batchesOf(reader: RecordBatchReader, byteCount: number): AsyncGenerator<RecordBatch> {
  if (!reader.isFile()) {
    yield* reader
    return
  }
  const { numRecordBatches } = reader
  const damaged = () => new OversightError('bad_input', 'is damaged: its footer names batches that are not there')
  // Each takes some bytes of the file at least.
  if (numRecordBatches > byteCount) throw damaged()
  for (let index = 0; index < numRecordBatches; index += 1) {
    const batch = await reader.readRecordBatch(index)
    if (batch === null) throw damaged()
    yield batch
  }
}
