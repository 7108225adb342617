import { formatMonth } from '#models/format-metric.ts'
import { addMonths, type Month, monthOf, monthsEndingWith, parseMonth } from '#models/reporting-month.ts'
import type { TypeStanding } from './evaluation.ts'

/** The months that a comparison starts from, or why there are none and what would end that. */
export type ReferencePeriod =
  | { months: readonly Month[]; missing: null; cure: null }
  | { months: readonly []; missing: string; cure: string | null }

/**
 * As many closed months as the window has, before the level in force took effect; for a baseline, which changed
 * nothing, the first ones of the type's history. It stays put while the level lasts, so that a slow slide of a few
 * points a quarter cannot creep through, and it never overlaps the window.
 */
export function referencePeriod(
  standing: TypeStanding,
  window: readonly Month[],
  firstMonth: string | null,
  reportingTimeZone: string,
): ReferencePeriod {
  const count = window.length
  if (!standing.isRegistered || standing.level === null || standing.levelSince === null) {
    return none('No level is in force, so there is nothing to compare with.', 'Sign a baseline first.')
  }
  if (firstMonth === null) return none('There are no earlier months to compare with.', null)
  const first = parseMonth(firstMonth)
  const months = standing.isBaseline
    ? monthsEndingWith(addMonths(first, count - 1), count)
    : monthsEndingWith(addMonths(monthOf(standing.levelSince, reportingTimeZone), -1), count)
  const last = months.at(-1)
  const start = window[0]
  if (last === undefined || start === undefined) return none('The window has no months.', null)
  if ((months[0] ?? last) < first) {
    return none(
      `The reference months before the level took effect begin before the data do (${formatMonth(first)}).`,
      null,
    )
  }
  if (last >= start) {
    return none(
      `The reference months end in ${formatMonth(last)} and would overlap the months judged.`,
      `Comparable from the evidence of ${formatMonth(addMonths(last, count))}.`,
    )
  }
  return { months, missing: null, cure: null }
}

function none(missing: string, cure: string | null): ReferencePeriod {
  return { months: [], missing, cure }
}
