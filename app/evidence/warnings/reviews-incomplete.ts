import { formatLimit, monthSpan } from '#governance/evaluate/sentences.ts'
import { countOf, formatCount, formatMonth, formatShare } from '#models/format-metric.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { rowsHref } from '../rows-href.ts'
import { reviewHabits } from './review-habits.ts'
import type { Warning, WarningInput } from './warning.ts'

/** Drawn reviews left open as a habit. Hard ones stay open longest, so below the gate the error rate is not known. */
export function warnOfReviewsIncomplete(input: WarningInput): Warning | null {
  const { interactionType, month, policy } = input
  const sign = reviewHabits(input).evidence?.completion
  if (!sign?.isFired || sign.evidence === null) return null
  const { since, evidence: habit } = sign
  const open = habit.denominator - habit.numerator
  return {
    interactionType,
    status: 'signal',
    word: 'Reviews not done',
    text: `${countOf(open, 'drawn review')} of ${formatCount(habit.denominator)} ${open === 1 ? 'is' : 'are'} still open (${monthSpan(habit.months.map(parseMonth))}): ${formatShare(habit.rate, 0)} done, the gate asks ${formatLimit(policy.gates.G7.minimumCompletion)}. The error rate is inconclusive while this lasts.`,
    since: since === null || since === month ? null : `Seen since ${formatMonth(since)}.`,
    href: rowsHref({
      interactionType,
      metric: 'qa_completion',
      cohort: 'ai_participated',
      month,
      months: habit.months.length,
      part: 'denominator',
    }),
  }
}
