import type { DuckDBConnection } from '@duckdb/node-api'

/** What a load tells about itself while it runs. */
export interface LoadProgress {
  phase: 'make' | 'read' | 'parse' | 'check' | 'merge' | 'models' | 'publish'
  /** File or entity at work. */
  what: string
  /** Bytes (of all files) in phase read, rows in phase check; null where the amount is not known. */
  done: number | null
  total: number | null
}

/** Runs one statement and tells about its rows ten times a second. The engine's own figure is indicative. */
export async function runWithProgress(
  connection: DuckDBConnection,
  sql: string,
  onRows: (done: number, total: number) => void,
): Promise<void> {
  const timer = setInterval(() => {
    const { rows_processed, total_rows_to_process } = connection.progress
    if (total_rows_to_process > 0n) onRows(Number(rows_processed), Number(total_rows_to_process))
  }, 100)
  try {
    await connection.run(sql)
  } finally {
    clearInterval(timer)
  }
}

/** The one value of a query with one row and one column, as a number. */
export async function countOf(connection: DuckDBConnection, sql: string): Promise<number> {
  const reader = await connection.runAndReadAll(sql)
  return Number(reader.getRows()[0]?.[0] ?? 0)
}
