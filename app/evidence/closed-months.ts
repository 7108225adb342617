import { addMonths, monthsEndingWith, parseMonth } from '#models/reporting-month.ts'
import type { PointIndex } from './point-index.ts'

/** The months up to the given one that can no longer change, oldest first; empty while the given one can. */
export function closedMonthsUpTo(months: readonly string[], month: string, points: PointIndex): string[] {
  if (!points.isFinal(month)) return []
  return months.filter((one) => one <= month && points.isFinal(one))
}

/**
 * The calendar months that charts draw: up to twelve, ending one month after the page's month when that has data. Months
 * without a contact keep their place, so that a gap looks like one.
 */
export function chartMonths(months: readonly string[], month: string, count = 12): string[] {
  const next = addMonths(parseMonth(month), 1)
  const end = months.includes(next) ? next : parseMonth(month)
  const first = months[0] ?? month
  return monthsEndingWith(end, count).filter((one) => one >= first)
}
