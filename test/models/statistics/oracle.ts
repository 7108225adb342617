import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'

/** One row of an oracle file; every cell is text, an empty cell is ''. */
export type OracleRow = Readonly<Record<string, string>>

const FOLDER = join(process.cwd(), '..', 'shared', 'oracle')

const isOraclePresent = existsSync(join(FOLDER, 'README.md'))

/** Tolerance for closed forms, absolute (oracle/README.md). */
export const CLOSED_FORM = 1e-9

/** A `describe` over reference values; where the oracle folder is absent, one skipped test that says so. */
export function describeOracle(title: string, body: () => void): void {
  if (isOraclePresent) describe(title, body)
  else describe(title, () => it.skip('skipped: ../shared/oracle is absent'))
}

/** The rows of an oracle file, by its name without `.csv`; no rows where the folder is absent. */
export function oracleRows(name: string): OracleRow[] {
  if (!isOraclePresent) return []
  const [header = [], ...records] = parseCsv(readFileSync(join(FOLDER, `${name}.csv`), 'utf8'))
  return records.map((record) => Object.fromEntries(header.map((column, index) => [column, record[index] ?? ''])))
}

/** The number in a cell. */
export function num(row: OracleRow | undefined, column: string): number {
  const text = row?.[column]
  if (text === undefined || text === '') throw new Error(`The oracle has no number in column ${column}.`)
  return Number(text)
}

/** The text in a cell. */
export function text(row: OracleRow | undefined, column: string): string {
  const value = row?.[column]
  if (value === undefined) throw new Error(`The oracle has no column ${column}.`)
  return value
}

/** The rows of each value of a column, in order of first appearance. */
export function groupRows(rows: readonly OracleRow[], ...columns: string[]): Map<string, OracleRow[]> {
  const groups = new Map<string, OracleRow[]>()
  for (const row of rows) {
    const key = columns.map((column) => text(row, column)).join(' ')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

function parseCsv(source: string): string[][] {
  return source
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
        quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'),
      ),
    )
}
