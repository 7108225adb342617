import type { PointIndex } from './point-index.ts'

/** The months up to the given one that can no longer change, oldest first; empty while the given one can. */
export function closedMonthsUpTo(months: readonly string[], month: string, points: PointIndex): string[] {
  if (!points.isFinal(month)) return []
  return months.filter((one) => one <= month && points.isFinal(one))
}

/** The month a page shows when none is asked for: the latest final one, else the latest. */
export function defaultMonth(months: readonly string[], points: PointIndex): string | undefined {
  return months.findLast((month) => points.isFinal(month)) ?? months.at(-1)
}

/** The last twelve months shown in charts: they end one month after the page's month when there is one. */
export function chartMonths(months: readonly string[], month: string, count = 12): string[] {
  const at = months.indexOf(month)
  const end = Math.min(at + 2, months.length)
  return months.slice(Math.max(0, end - count), end)
}
