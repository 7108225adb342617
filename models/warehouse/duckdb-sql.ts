import { sql } from 'kysely'
import type { SqlDialect } from './sql-dialect.ts'

const columnTypes = {
  text: 'varchar',
  instant: 'timestamptz',
  real: 'double',
  integer: 'bigint',
  boolean: 'boolean',
  text_list: 'varchar[]',
  day: 'date',
} as const

// Time of day with Z or a numeric offset at the end; a bare date also ends in "-05", hence the colon.
const instantWithOffset = '\\d:\\d{2}(:\\d{2}([.,]\\d+)?)?\\s*([Zz]|[+-]\\d{2}(:?\\d{2})?)$'

/** Of a temporary table: a leftover of the same name goes with the statement that makes the new one. */
export const orReplace = sql`or replace`

/** The DuckDB spelling of the dialect. */
export const duckDbSql: SqlDialect = {
  columnType: (type) => columnTypes[type],
  localDay: (instant, timeZone) => sql<string>`cast(timezone(${sql.lit(timeZone)}, ${instant}) as date)`,
  localMonth: (instant, timeZone) =>
    sql<string>`cast(date_trunc('month', timezone(${sql.lit(timeZone)}, ${instant})) as date)`,
  quarterHour: (instant) => sql<number>`(epoch_us(${instant}) // 900000000)`,
  quarterHourStart: (quarterHour) => sql<Date>`make_timestamptz(${quarterHour} * 900000000)`,
  secondsLater: (instant, seconds) => sql<Date>`(${instant} + to_seconds(${sql.lit(seconds)}))`,
  secondsBetween: (earlier, later) => sql<number | null>`((epoch_us(${later}) - epoch_us(${earlier})) / 1000000)`,
  hash: (value) => sql<bigint>`hash(${value})`,
  day: (text) => sql<string>`cast(${text} as date)`,
  weekOf: (day) => sql<string>`cast(date_trunc('week', ${day}) as date)`,
  monthText: (day) => sql<string>`strftime(${day}, '%Y-%m')`,

  identifier: (name) => `"${name.replaceAll('"', '""')}"`,
  text: quote,
  instant: (value) => `timestamptz '${value.toISOString()}'`,
  matches: (expression, pattern) => `regexp_matches(${expression}, ${quote(pattern)})`,
  canonicalCast: (expression, type) => {
    const given = `nullif(${expression}, '')`
    switch (type) {
      case 'text':
        return given
      case 'instant':
        return `case when regexp_matches(${given}, ${quote(instantWithOffset)}) then try_cast(${given} as timestamptz) end`
      case 'real':
        return `case when isfinite(try_cast(${given} as double)) then try_cast(${given} as double) end`
      case 'integer':
        // DuckDB rounds '1.5' to 2 when it casts to an integer.
        return `case when regexp_full_match(${given}, '[+-]?\\d+') then try_cast(${given} as bigint) end`
      case 'boolean':
        return `try_cast(${given} as boolean)`
      case 'text_list':
        return `try_cast(${given} as varchar[])`
    }
  },
}

function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
