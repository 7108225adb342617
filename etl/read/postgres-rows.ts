import type pg from 'pg'
import Cursor from 'pg-cursor'

/** One row as PostgreSQL prints it. */
export type PostgresRow = readonly (string | null)[]

/** Values stay the texts that the server sends. */
export const asText = { getTypeParser: () => (text: string) => text }

const firstBatchRows = 100
export const maximumBatchRows = 2000
const wantedBatchBytes = 8 * 2 ** 20

/**
 * The rows of a query through a cursor, in batches of at most 2,000 rows that shrink where rows are wide, so that memory
 * stays bounded whatever the query gives. Throws what the server says.
 */
export async function* postgresRows(
  client: pg.Client,
  query: { text: string; values: readonly unknown[] },
): AsyncGenerator<PostgresRow[]> {
  const cursor = client.query(
    new Cursor<PostgresRow>(query.text, [...query.values], { rowMode: 'array', types: asText }),
  )
  let wanted = firstBatchRows
  for (;;) {
    const rows = await cursor.read(wanted)
    if (rows.length === 0) return
    yield rows
    const bytes = rows.reduce((sum, row) => sum + row.reduce((all, text) => all + (text?.length ?? 0), 0), 0)
    const fitting = Math.floor((wantedBatchBytes * rows.length) / Math.max(bytes, 1))
    wanted = Math.max(1, Math.min(fitting, wanted * 4, maximumBatchRows))
  }
}
