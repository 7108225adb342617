import { tableCsv } from './table-csv.ts'

type FactCell = string | number | boolean | null

/** The numbers of a table or chart as they are, unrounded, with a machine name for each column. */
export interface FactTable {
  columns: readonly string[]
  /** In the order of the columns. */
  rows: readonly (readonly FactCell[])[]
}

/** As CSV, all rows, guarded as every table is. */
export function factTableCsv({ columns, rows }: FactTable): string {
  const read = columns.map((column, index) => [column, (row: readonly FactCell[]) => row[index] ?? null] as const)
  return tableCsv(Object.fromEntries(read), rows)
}
