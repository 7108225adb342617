import { stringify } from 'csv-stringify/sync'
import { requestScope } from '../runtime.server.ts'
import { type CsvColumns, csvHeaders, csvLines } from './table-csv.ts'

/**
 * A table as a CSV file, however many rows: batches are asked for as fast as the client takes them, and no more once it
 * is gone. A failure in the middle breaks the connection off, so that a part does not look like the whole.
 */
export function streamTableCsv<Row>(
  columns: CsvColumns<Row>,
  batches: AsyncGenerator<readonly Row[]>,
  filename: string,
): Response {
  const { drained } = requestScope()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(stringify([Object.keys(columns)])))
      },
      async pull(controller) {
        await drained?.()
        const batch = await batches.next()
        if (batch.done) controller.close()
        else controller.enqueue(encoder.encode(csvLines(columns, batch.value)))
      },
      async cancel() {
        await batches.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
  // Compressing on the way would hide from us how fast the client takes it.
  return new Response(body, { headers: { ...csvHeaders(filename), 'Cache-Control': 'no-transform' } })
}
