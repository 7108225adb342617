/** The batches, however far they are read, and then what they are read from is closed. */
export async function* closingAfter<Row>(
  batches: AsyncGenerator<Row[]>,
  source: { close(): Promise<void> },
): AsyncGenerator<Row[]> {
  try {
    yield* batches
  } finally {
    await source.close()
  }
}
