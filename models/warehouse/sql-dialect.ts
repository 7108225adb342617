import type { Expression, RawBuilder } from 'kysely'
import type { ColumnType } from '../contract/field.ts'

/** Everything a model or the load may ask of an engine beyond Kysely's own builders. The list is closed. */
export interface SqlDialect {
  /** How the engine spells a column type of the contract, or a calendar day. */
  columnType(type: ColumnType | 'day'): string
  /** Calendar day of an instant in an IANA time zone, as a day. */
  localDay(instant: Expression<Date | null>, timeZone: string): RawBuilder<string>
  /** First day of the instant's month in an IANA time zone, as a day. */
  localMonth(instant: Expression<Date | null>, timeZone: string): RawBuilder<string>
  /** The quarter of an hour that an instant lies in, counted from 1970: the offsets of all zones are such quarters. */
  quarterHour(instant: Expression<Date | null>): RawBuilder<number>
  /** The instant at which a quarter of an hour begins. */
  quarterHourStart(quarterHour: Expression<number>): RawBuilder<Date>
  /** The instant so many seconds later. */
  secondsLater(instant: Expression<Date | null>, seconds: number): RawBuilder<Date>
  /** Seconds from the earlier to the later instant, with fractions, negative when they run backwards. */
  secondsBetween(earlier: Expression<Date | null>, later: Expression<Date | null>): RawBuilder<number | null>
  /** 64 bits that equal values share, to tell values apart by less than they are; other values may share them too. */
  hash(value: Expression<string>): RawBuilder<bigint>
  /** Text made comparable with a day column. */
  day(text: string): RawBuilder<string>
  /** The Monday of a day's week, as a day. */
  weekOf(day: Expression<string>): RawBuilder<string>
  /** A day column as the month it lies in, YYYY-MM. */
  monthText(day: Expression<string>): RawBuilder<string>

  /** SQL text: a quoted identifier. */
  identifier(name: string): string
  /** SQL text: a quoted string. */
  text(value: string): string
  /** SQL text: whether a text expression matches a pattern that JavaScript and the engine read alike. */
  matches(expression: string, pattern: string): string
  /** SQL text: an instant. */
  instant(value: Date): string
  /**
   * SQL text: a text expression read as a contract type; NULL where it is empty or does not read. Instants need an
   * offset or Z: a naive time is not guessed.
   */
  canonicalCast(expression: string, type: ColumnType): string
}
