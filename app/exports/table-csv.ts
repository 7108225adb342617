import { stringify } from 'csv-stringify/sync'
import { guardCell } from './write-csv.ts'

type Cell = string | number | boolean | Date | null

/** A page's table as CSV, all rows: RFC 4180, instants as ISO 8601 in UTC, texts that a spreadsheet would run guarded. */
export function tableCsv<Row>(columns: Readonly<Record<string, (row: Row) => Cell>>, rows: readonly Row[]): string {
  const read = Object.values(columns)
  return stringify([Object.keys(columns), ...rows.map((row) => read.map((of) => of(row)))], {
    cast: { string: guardCell, boolean: String, date: (instant) => instant.toISOString() },
  })
}

/** The answer that saves it as a file. */
export function csvResponse(text: string, filename: string): Response {
  return new Response(text, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${filename}"`,
    },
  })
}
