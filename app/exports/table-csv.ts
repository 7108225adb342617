import { stringify } from 'csv-stringify/sync'
import { guardCell } from './write-csv.ts'

type Cell = string | number | boolean | Date | null

/** Names of the columns, in order, each with what it holds of a row. */
export type CsvColumns<Row> = Readonly<Record<string, (row: Row) => Cell>>

/** A page's table as CSV, all rows: RFC 4180, instants as ISO 8601 in UTC, texts that a spreadsheet would run guarded. */
export function tableCsv<Row>(columns: CsvColumns<Row>, rows: readonly Row[]): string {
  return stringify([Object.keys(columns)]) + csvLines(columns, rows)
}

/** The lines below the header. */
export function csvLines<Row>(columns: CsvColumns<Row>, rows: readonly Row[]): string {
  const read = Object.values(columns)
  return stringify(
    rows.map((row) => read.map((of) => of(row))),
    { cast: { string: guardCell, boolean: String, date: (instant) => instant.toISOString() } },
  )
}

/** The answer that saves it as a file. */
export function csvResponse(text: string, filename: string): Response {
  return new Response(text, { headers: csvHeaders(filename) })
}

export function csvHeaders(filename: string): Record<string, string> {
  return {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${filename}"`,
  }
}
