import { dayOfMonth, daysInMonth, type Month, monthEnd, monthStart } from '../reporting-month.ts'
import type { MonthContext } from './month-metrics.ts'

const hourMilliseconds = 60 * 60 * 1000

/** What the reach of the data says of a month: which metrics are final, and how many of its days are loaded (at least 1). */
export function monthContext(
  month: Month,
  { reportingTimeZone, loadedThrough }: { reportingTimeZone: string; loadedThrough: Date | null },
): Pick<MonthContext, 'isFinal' | 'days'> {
  const end = monthEnd(month, reportingTimeZone).getTime()
  const reached = loadedThrough?.getTime() ?? Number.NEGATIVE_INFINITY
  return {
    isFinal: (maturityHours) => reached >= end + maturityHours * hourMilliseconds,
    days: reached >= end ? daysInMonth(month) : daysBegun(month, reached, reportingTimeZone),
  }
}

/** By the calendar: a day is 23 or 25 hours long where clocks change. */
function daysBegun(month: Month, reached: number, timeZone: string): number {
  return reached <= monthStart(month, timeZone).getTime() ? 1 : dayOfMonth(new Date(reached - 1), timeZone)
}
