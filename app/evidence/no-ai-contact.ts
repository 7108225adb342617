import { monthSpan } from '#governance/evaluate/sentences.ts'
import { parseMonth } from '#models/reporting-month.ts'
import type { PointIndex } from './point-index.ts'

/**
 * Why nothing is shown of the AI: it took part in no contact of the type in the months; null where it did, or where
 * nothing is known of any of them. Said before anything else, and everywhere in the same words: whatever is missing is
 * missing because of it. A month without any contact of the type has no number, and none in which the AI took part.
 */
export function noAiContact(
  points: PointIndex,
  { interactionType, months }: { interactionType: string; months: readonly string[] },
): string | null {
  const known = months.flatMap(
    (month) => points.find({ interactionType, month, metric: 'volume', cohort: 'ai_participated' }) ?? [],
  )
  const isNone = known.length > 0 && known.every(({ numerator }) => numerator === 0)
  return isNone ? `No AI contact in ${monthSpan(months.map(parseMonth))}` : null
}
