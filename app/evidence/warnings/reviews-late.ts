import { formatLimit, monthSpan } from '#governance/evaluate/sentences.ts'
import { formatCount, formatMonth, formatShare } from '#models/format-metric.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { rowsHref } from '../rows-href.ts'
import { reviewHabits } from './review-habits.ts'
import type { Warning, WarningInput } from './warning.ts'

/** Reviews done after their due time as a habit, measured by the yardstick of completion. */
export function warnOfReviewsLate(input: WarningInput): Warning | null {
  const { interactionType, month, policy } = input
  const sign = reviewHabits(input).evidence?.punctuality
  if (!sign?.isFired || sign.evidence === null) return null
  const { since, evidence: habit } = sign
  return {
    interactionType,
    status: 'signal',
    word: 'Reviews late',
    text: `${formatCount(habit.numerator)} of ${formatCount(habit.denominator)} drawn reviews (${formatShare(habit.rate, 0)}) were done by their due time (${monthSpan(habit.months.map(parseMonth))}), fewer than ${formatLimit(policy.gates.G7.minimumCompletion)}.`,
    since: since === null || since === month ? null : `Seen since ${formatMonth(since)}.`,
    href: rowsHref({
      interactionType,
      metric: 'qa_on_time_rate',
      cohort: 'ai_participated',
      month,
      months: habit.months.length,
      part: 'denominator',
    }),
  }
}
