import { formatDay, formatMonth } from '#models/format-metric.ts'
import { addMonths, monthOf, monthStart, parseMonth } from '#models/reporting-month.ts'
import type { TypeStanding } from './evaluation.ts'

/**
 * Why the level has not been in force long enough to expand again, or null. Asked for are so many whole months of
 * evidence under it. A baseline states what was already so, and needs none.
 */
export function bakeObstacle(
  standing: TypeStanding,
  monthText: string,
  bakeMonths: number,
  reportingTimeZone: string,
): string | null {
  const { levelSince } = standing
  if (bakeMonths === 0 || standing.isBaseline || levelSince === null) return null
  const changed = monthOf(levelSince, reportingTimeZone)
  const firstWhole = monthStart(changed, reportingTimeZone) < levelSince ? addMonths(changed, 1) : changed
  const earliest = addMonths(firstWhole, bakeMonths - 1)
  return parseMonth(monthText) >= earliest
    ? null
    : `The level changed on ${formatDay(levelSince, reportingTimeZone)}; the first evidence that can expand it again is that of ${formatMonth(earliest)}.`
}
