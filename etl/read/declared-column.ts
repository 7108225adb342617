import type { InstantOption, NumberOption, TableColumns } from '../source-folder.ts'
import { sqlIdentifier, sqlLiteral } from '../sql-literal.ts'

/** Every column of the raw relation, in order. */
export function declaredColumns(files: TableColumns): string[] {
  const { required, optional, instants, numbers } = files
  return [...new Set([...required, ...optional, ...Object.keys(instants), ...Object.keys(numbers)])]
}

/** Columns of the file that the raw relation is made from. */
export function fileColumns(files: TableColumns): { required: readonly string[]; optional: readonly string[] } {
  const { required, optional, instants, numbers } = files
  const read = Object.entries(instants).flatMap(([name, { from }]) => from ?? [name])
  const others = new Set([...optional, ...read, ...Object.keys(numbers)])
  return { required, optional: [...others].filter((column) => !required.includes(column)) }
}

/**
 * SQL of one column of the raw relation, still text, with the source's options applied: instants in UTC as the contract
 * spells them, numbers with a decimal point. A value that does not read as declared stays as it is when it cannot be
 * taken for one, else it is marked, so that it ends in quarantine and never as a wrong value.
 *
 * @param read SQL text of a column of the file; NULL where the file lacks it
 */
export function declaredColumn(column: string, files: TableColumns, read: (column: string) => string): string {
  const value = (name: string) => withoutNullTexts(read(name), files.nullTexts)
  const instant = files.instants[column]
  const number = files.numbers[column]
  if (instant !== undefined) {
    const parts = (instant.from ?? [column]).map(value)
    // Without any one part there is no instant.
    const text = parts.length === 1 ? (parts[0] ?? 'NULL') : `(${parts.join(" || ' ' || ")})`
    return `${instantText(text, instant)} AS ${sqlIdentifier(column)}`
  }
  if (number !== undefined) return `${numberText(value(column), number)} AS ${sqlIdentifier(column)}`
  return `${value(column)} AS ${sqlIdentifier(column)}`
}

function withoutNullTexts(value: string, nullTexts: readonly string[]): string {
  if (nullTexts.length === 0) return value
  return `CASE WHEN CAST(${value} AS VARCHAR) NOT IN (${nullTexts.map(sqlLiteral).join(', ')}) THEN ${value} END`
}

function instantText(value: string, { formats, timeZone }: InstantOption): string {
  const text = `trim(CAST(${value} AS VARCHAR))`
  const readings = formats.map((format) => {
    const parsed = `try_strptime(${text}, ${sqlLiteral(format)})`
    return format.includes('%z') || timeZone === undefined
      ? `CAST(${parsed} AS TIMESTAMPTZ)`
      : `timezone(${sqlLiteral(timeZone)}, ${parsed})`
  })
  const [only = 'NULL'] = readings
  if (readings.length === 1) return `coalesce(${utcText(only)}, ${text})`
  const distinct = `list_distinct([${readings.join(', ')}])`
  // list_distinct leaves nulls out, so one element means that every format that fits agrees.
  return `CASE len(${distinct}) WHEN 1 THEN ${utcText(`${distinct}[1]`)} ELSE ${text} END`
}

/** An instant as the contract spells it. */
export function utcText(instant: string): string {
  return `strftime(timezone('UTC', ${instant}), '%Y-%m-%dT%H:%M:%S.%fZ')`
}

function numberText(value: string, { decimal, group }: NumberOption): string {
  const text = `trim(CAST(${value} AS VARCHAR))`
  const escaped = (sign: string) => (sign === '.' ? '\\.' : sign)
  const whole = group === undefined ? '\\d+' : `(\\d+|\\d{1,3}(${escaped(group)}\\d{3})+)`
  const pattern = `[+-]?${whole}(${escaped(decimal)}\\d+)?`
  const plain = `replace(${group === undefined ? text : `replace(${text}, ${sqlLiteral(group)}, '')`}, ${sqlLiteral(decimal)}, '.')`
  // 1.234 without declared groups would pass as a number of another size.
  return `CASE WHEN regexp_full_match(${text}, ${sqlLiteral(pattern)}) THEN ${plain}
    WHEN ${text} IS NOT NULL THEN 'not a number as declared: ' || ${text} END`
}
