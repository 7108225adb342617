import { monthSpan } from '#governance/evaluate/sentences.ts'
import { countOf } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { monthsEndingWith, parseMonth } from '#models/reporting-month.ts'
import { poolCounts } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import type { Warning, WarningInput } from './warning.ts'

export const unknownWord = 'Error rate unknown'

/** The AI takes part and hardly anybody looks: without reviews oversight has already broken down. */
export function warnOfErrorRateUnknown({ interactionType, month, points, policy }: WarningInput): Warning | null {
  const months = monthsEndingWith(parseMonth(month), policy.windowMonths)
  const contacts =
    points.count({ interactionType, month, metric: 'volume', cohort: 'ai' }) +
    points.count({ interactionType, month, metric: 'volume', cohort: 'ai_assisted' })
  if (contacts === 0) return null
  const reviews = poolCounts(points, {
    months,
    types: [interactionType],
    metric: 'ai_error_rate',
    cohort: 'ai_participated',
  }).denominator
  const minimum = metrics.ai_error_rate.minimumSample
  if (reviews >= minimum) return null
  const seen = reviews === 0 ? 'no random review' : `only ${countOf(reviews, 'random review')}`
  return {
    interactionType,
    status: 'inconclusive',
    word: unknownWord,
    text: `${countOf(contacts, 'contact')} with AI this month and ${seen} in ${monthSpan(months)}. A rate is shown from ${minimum}.`,
    since: null,
    href: rowsHref({ interactionType, month, metric: 'ai_error_rate', cohort: 'ai_participated', part: 'denominator' }),
  }
}
