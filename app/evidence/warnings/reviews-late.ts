import { formatLimit } from '#governance/evaluate/sentences.ts'
import { formatCount, formatShare, monthName } from '#models/format-metric.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import { rowsHref } from '../rows-href.ts'
import { runStart } from './run-start.ts'
import type { Warning, WarningInput } from './warning.ts'

/** Reviews done after their due time, measured by the yardstick of completion. */
export function warnOfReviewsLate({
  interactionType,
  month,
  closedMonths,
  points,
  policy,
}: WarningInput): Warning | null {
  const key = { interactionType, metric: 'qa_on_time_rate', cohort: 'ai_participated' } as const
  const minimum = policy.gates.G7.minimumCompletion
  const point = points.find({ ...key, month })
  if (point === undefined || point.value === null || !point.isFinal) return null
  // A few late ones happen: it warns when so many are late that the habit itself must lie under the yardstick.
  if (wilsonInterval(point.numerator, point.denominator).upper >= minimum) return null
  const start = runStart(closedMonths, (at) => {
    const value = points.find({ ...key, month: at })?.value ?? null
    return value !== null && value < minimum
  })
  return {
    interactionType,
    status: 'signal',
    word: 'Reviews late',
    text: `${formatCount(point.numerator)} of ${formatCount(point.denominator)} drawn reviews (${formatShare(point.value, 0)}) were done by their due time, fewer than ${formatLimit(minimum)}.`,
    since: start === undefined || start === month ? null : `Since ${monthName(start)}.`,
    href: rowsHref({ ...key, month, part: 'denominator' }),
  }
}
