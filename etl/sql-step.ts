import type { DuckDBConnection } from '@duckdb/node-api'

/** What a load tells about itself while it runs. */
export interface LoadProgress {
  phase: 'make' | 'prepare' | 'read' | 'parse' | 'check' | 'merge' | 'models' | 'publish'
  /** File or entity at work. */
  what: string
  /** Bytes in phases read and parse, a share of 1 in phase check; null where the amount is not known. */
  done: number | null
  total: number | null
  /** Rows that this step works on, where it is known. */
  rowCount?: number
}

/** Told of the share of the work (0..1) that is done, as the engine estimates it. */
export type OnShare = (share: number) => void

/** Runs one statement and tells ten times a second how far it is. */
export async function runWithProgress(connection: DuckDBConnection, sql: string, onShare: OnShare): Promise<void> {
  const timer = setInterval(() => {
    const { rows_processed, total_rows_to_process } = connection.progress
    // What the engine calls rows are its own units, so only their ratio says something.
    if (total_rows_to_process > 0n) onShare(Math.min(Number(rows_processed) / Number(total_rows_to_process), 1))
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
