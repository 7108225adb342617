import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone.js'
import utc from 'dayjs/plugin/utc.js'
import { OversightError } from './oversight-error.ts'

dayjs.extend(utc)
dayjs.extend(timezone)

/** A calendar month of the reporting time zone, written YYYY-MM. */
export type Month = string & { readonly month: unique symbol }

/** Parses YYYY-MM. Throws bad_input with the text otherwise. */
export function parseMonth(text: string): Month {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) {
    throw new OversightError('bad_input', `"${text}" is not a month. Write it as YYYY-MM, for example 2026-09.`)
  }
  return text as Month
}

export function addMonths(month: Month, count: number): Month {
  return dayjs.utc(`${month}-01`).add(count, 'month').format('YYYY-MM') as Month
}

/** The count months that end with the given one, oldest first. */
export function monthsEndingWith(month: Month, count: number): Month[] {
  return Array.from({ length: count }, (_, index) => addMonths(month, index - count + 1))
}

/** First instant of the month in the reporting time zone. */
export function monthStart(month: Month, timeZone: string): Date {
  return dayStart(`${month}-01`, timeZone)
}

/** First instant after the month (months are half-open). */
export function monthEnd(month: Month, timeZone: string): Date {
  return monthStart(addMonths(month, 1), timeZone)
}

export function monthOf(instant: Date, timeZone: string): Month {
  return dayjs(instant).tz(timeZone).format('YYYY-MM') as Month
}

/**
 * The instant that is meant by "complete through": the end of a day (YYYY-MM-DD) of the time zone, or an instant written
 * with its offset. Null for any other text.
 */
export function completeThrough(text: string, timeZone: string): Date | null {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const day = dayjs.utc(text)
    if (day.format('YYYY-MM-DD') !== text) return null
    return dayStart(day.add(1, 'day').format('YYYY-MM-DD'), timeZone)
  }
  if (!/^\d{4}-\d\d-\d\dT.+(Z|[+-]\d\d:\d\d)$/.test(text)) return null
  const instant = dayjs(text)
  return instant.isValid() ? instant.toDate() : null
}

const hourMilliseconds = 60 * 60 * 1000

/**
 * First instant of a day, YYYY-MM-DD. Where clocks are set back over midnight its first hour is there twice (Havana, 1
 * November 2026), of which dayjs gives the second.
 */
function dayStart(day: string, timeZone: string): Date {
  const start = dayjs.tz(`${day}T00:00:00`, timeZone)
  const earlier = dayjs(start.valueOf() - hourMilliseconds).tz(timeZone)
  return (earlier.format('YYYY-MM-DD') === day ? earlier : start).toDate()
}

/** Day of the month, 1 to 31, on which the instant falls. */
export function dayOfMonth(instant: Date, timeZone: string): number {
  return dayjs(instant).tz(timeZone).date()
}

/** Calendar days in the month. */
export function daysInMonth(month: Month): number {
  return dayjs.utc(`${month}-01`).daysInMonth()
}

/** Throws bad_input when the name is not an IANA time zone of this runtime. */
export function parseTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch (cause) {
    throw new OversightError('bad_input', `"${name}" is not an IANA time zone name such as Europe/Berlin.`, { cause })
  }
}
