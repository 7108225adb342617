import { monthSpan } from '#governance/evaluate/sentences.ts'
import { countOf, formatMonth } from '#models/format-metric.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { errorRateUnknown } from '#models/warning-signs/error-rate-unknown.ts'
import { rowsHref } from '../rows-href.ts'
import { monthCounts } from './month-counts.ts'
import type { Warning, WarningInput } from './warning.ts'

export const unknownWord = 'Error rate unknown'

/** What the detector finds; its evidence is null where the AI took no part. */
export function errorRateUnknownOf(input: WarningInput): ReturnType<typeof errorRateUnknown> {
  const reviewed = monthCounts(input, { metric: 'ai_error_rate', cohort: 'ai_participated' })
  const ai = monthCounts(input, { metric: 'ai_share', cohort: 'all' })
  return errorRateUnknown(
    reviewed.map(({ month, denominator }, index) => ({
      month,
      reviews: denominator,
      aiContacts: ai[index]?.numerator ?? 0,
    })),
    input.policy.windowMonths,
  )
}

/** The AI takes part and hardly anybody looks: without reviews oversight has already broken down. */
export function warnOfErrorRateUnknown(input: WarningInput): Warning | null {
  const { interactionType, month } = input
  const { isFired, since, evidence } = errorRateUnknownOf(input)
  if (!isFired || evidence === null) return null
  const { months, aiContacts, reviews, minimumReviews } = evidence
  const seen = reviews === 0 ? 'no random review' : `only ${countOf(reviews, 'random review')}`
  return {
    interactionType,
    status: 'inconclusive',
    word: unknownWord,
    text: `${countOf(aiContacts, 'contact')} with AI this month and ${seen} in ${monthSpan(months.map(parseMonth))}. A rate is shown from ${minimumReviews}.`,
    since: since === null || since === month ? null : `Since ${formatMonth(since)}.`,
    href: rowsHref({
      interactionType,
      month,
      months: months.length,
      metric: 'ai_error_rate',
      cohort: 'ai_participated',
      part: 'denominator',
    }),
  }
}
