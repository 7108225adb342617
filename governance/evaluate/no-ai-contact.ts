import type { Month } from '#models/reporting-month.ts'
import { monthSpan } from './sentences.ts'
import type { TypeEvidence } from './type-evidence.ts'

/**
 * Why nothing can be said of the AI in the months: it took part in no contact; null where it did, or where that is not
 * known of every month. Said before anything else, as all that is missing is missing because of it.
 */
export function noAiContact(evidence: TypeEvidence, months: readonly Month[]): string | null {
  const isNone = months.every((month) => evidence.findPoint(month, 'volume', 'ai_participated', null)?.numerator === 0)
  return isNone ? `No AI contact in ${monthSpan(months)}.` : null
}
