import { formatCount, formatMonth } from '#models/format-metric.ts'
import type { Month } from '#models/reporting-month.ts'
import { pool } from './pool.ts'
import type { TypeEvidence } from './type-evidence.ts'

/** Random reviews drawn and completed of one month's contacts. */
export function completionOf(evidence: TypeEvidence, month: Month): { drawn: number; completed: number } {
  const counts = pool(evidence, [month], 'qa_completion')
  return { drawn: counts.denominator, completed: Math.min(counts.numerator, counts.denominator) }
}

/** The months in which less than the policy's share of the drawn reviews is done, or none was drawn. */
export function incompleteMonths(evidence: TypeEvidence, months: readonly Month[]): Month[] {
  return months.filter((month) => {
    const { drawn, completed } = completionOf(evidence, month)
    return drawn === 0 || completed < evidence.policy.gates.G7.minimumCompletion * drawn
  })
}

/** What would end the wait for open reviews: 4 more of the drawn reviews of September 2026 have to be completed. */
export function reviewsToComplete(evidence: TypeEvidence, months: readonly Month[]): string | null {
  const parts = months.flatMap((month) => {
    const { drawn, completed } = completionOf(evidence, month)
    const missing = Math.ceil(evidence.policy.gates.G7.minimumCompletion * drawn - 1e-9) - completed
    return drawn === 0 || missing <= 0 ? [] : [`${formatCount(missing)} of ${formatMonth(month)}`]
  })
  return parts.length === 0 ? null : `Open reviews to complete: ${parts.join(', ')}.`
}
