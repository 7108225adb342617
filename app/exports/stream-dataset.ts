import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import type { DatasetName } from './datasets.ts'
import { exportDataset } from './export-dataset.ts'
import type { ExportFormat } from './export-format.ts'

interface StreamOptions {
  /** Opened for this stream alone; closed with it. */
  warehouse: Warehouse
  dataset: DatasetName
  format: ExportFormat
  /** Aborted when the request is gone: the query stops and everything is let go. */
  signal: AbortSignal
  /** Waits until the client took what it was given, so that a slow one does not fill the memory. */
  drained?: (() => Promise<void>) | undefined
}

/**
 * A dataset as the body of a response. Nothing is read ahead of the client, and nothing goes on when it leaves. A
 * failure in the middle breaks the connection off: what was sent so far must not look like a whole file.
 */
export function streamDataset({
  warehouse,
  dataset,
  format,
  signal,
  drained,
}: StreamOptions): ReadableStream<Uint8Array> {
  const pieces = exportDataset(warehouse, dataset, format)
  const encoder = new TextEncoder()
  let isOver = false
  const finish = async (): Promise<void> => {
    if (isOver) return
    isOver = true
    signal.removeEventListener('abort', leave)
    // A query under way ends with an error, so that the generator gets to its own end.
    warehouse.connection().interrupt()
    await pieces.return(undefined).catch(() => undefined)
    await warehouse.close()
  }
  const leave = (): void => void finish()
  if (signal.aborted) leave()
  else signal.addEventListener('abort', leave)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          await drained?.()
          const piece = isOver ? undefined : await pieces.next()
          if (piece === undefined || isOver) {
            controller.error(new DOMException('The request is gone.', 'AbortError'))
          } else if (piece.done) {
            await finish()
            controller.close()
          } else {
            controller.enqueue(typeof piece.value === 'string' ? encoder.encode(piece.value) : piece.value)
          }
        } catch (error) {
          await finish()
          controller.error(error)
        }
      },
      cancel: finish,
    },
    { highWaterMark: 0 },
  )
}
