import { daysInMonth, type Month, monthEnd, monthStart } from '../reporting-month.ts'
import type { MonthContext } from './month-metrics.ts'

const hourMilliseconds = 60 * 60 * 1000
const dayMilliseconds = 24 * hourMilliseconds

/** What the reach of the data says of a month: which metrics are final, and how many of its days are loaded (at least 1). */
export function monthContext(
  month: Month,
  { reportingTimeZone, loadedThrough }: { reportingTimeZone: string; loadedThrough: Date | null },
): Pick<MonthContext, 'isFinal' | 'days'> {
  const end = monthEnd(month, reportingTimeZone).getTime()
  const reached = loadedThrough?.getTime() ?? Number.NEGATIVE_INFINITY
  const loadedDays = Math.ceil((reached - monthStart(month, reportingTimeZone).getTime()) / dayMilliseconds)
  return {
    isFinal: (maturityHours) => reached >= end + maturityHours * hourMilliseconds,
    days: Math.min(Math.max(loadedDays, 1), daysInMonth(month)),
  }
}
