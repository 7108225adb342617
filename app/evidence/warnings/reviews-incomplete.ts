import { formatLimit } from '#governance/evaluate/sentences.ts'
import { countOf, formatCount, formatShare, monthName } from '#models/format-metric.ts'
import { rowsHref } from '../rows-href.ts'
import { runStart } from './run-start.ts'
import type { Warning, WarningInput } from './warning.ts'

/** Drawn reviews left open. Hard ones stay open longest, so below the gate the error rate is not known. */
export function warnOfReviewsIncomplete(input: WarningInput): Warning | null {
  const { interactionType, month, closedMonths, points, policy } = input
  const key = { interactionType, metric: 'qa_completion', cohort: 'ai_participated' } as const
  const minimum = policy.gates.G7.minimumCompletion
  const point = points.find({ ...key, month })
  if (point === undefined || point.value === null || point.value >= minimum || !point.isFinal) return null
  const isShort = (at: string) => {
    const value = points.find({ ...key, month: at })?.value ?? null
    return value !== null && value < minimum
  }
  const start = runStart(closedMonths, isShort)
  const open = point.denominator - point.numerator
  return {
    interactionType,
    status: 'signal',
    word: 'Reviews not done',
    text: `${countOf(open, 'drawn review')} of ${formatCount(point.denominator)} ${open === 1 ? 'is' : 'are'} still open: ${formatShare(point.value, 0)} done, the gate asks ${formatLimit(minimum)}. The error rate is inconclusive while this lasts.`,
    since: start === undefined || start === month ? null : `Since ${monthName(start)}.`,
    href: rowsHref({ ...key, month, part: 'denominator' }),
  }
}
