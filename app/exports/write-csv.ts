import type { DuckDBResult } from '@duckdb/node-api'
import { stringify } from 'csv-stringify/sync'
import { plainValue } from './plain-value.ts'

/** First characters after which a spreadsheet takes a cell for a formula, full-width forms included. */
const formulaStart = /^[=+\-@\t\r\n\0＝＋－＠]/

/**
 * CSV after RFC 4180 with a header line and \n line ends. A text that a spreadsheet would run as a formula gets an
 * apostrophe before it; numbers are numbers and stay as they are. Lists are JSON arrays, null is an empty cell.
 */
export async function* writeCsv(result: DuckDBResult): AsyncGenerator<string> {
  yield stringify([result.columnNames()])
  for await (const rows of result.yieldRows()) {
    yield stringify(
      rows.map((row) =>
        row.map((value) => {
          const plain = plainValue(value)
          return Array.isArray(plain) ? JSON.stringify(plain) : plain
        }),
      ),
      { cast: { string: guardCell, boolean: String } },
    )
  }
}

/** Cells that begin with an apostrophe are quoted, so that the apostrophe is seen to belong to the text. */
export function guardCell(text: string): string | { value: string; quoted: boolean } {
  if (formulaStart.test(text)) return { value: `'${text}`, quoted: true }
  return text.startsWith("'") ? { value: text, quoted: true } : text
}
