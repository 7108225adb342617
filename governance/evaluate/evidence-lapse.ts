import { countWord } from '#models/format-metric.ts'
import { monthStart, monthsEndingWith } from '#models/reporting-month.ts'
import type { TypeHistory } from './evaluation.ts'
import { errorRateGate } from './gates/error-rate.ts'
import { monthSpan } from './sentences.ts'
import { type EvaluationContext, type TypeEvidence, typeEvidence } from './type-evidence.ts'

/**
 * Why the evidence of a type on the loop has lapsed, or null: G1 was inconclusive in so many months in a row that the
 * type was on the loop throughout. If nobody knows the error rate, oversight has broken down already. It recommends a
 * reduction (methods.md section 0).
 */
export function lapseAlarm(
  evidence: TypeEvidence,
  history: TypeHistory | undefined,
  context: EvaluationContext,
): string | null {
  const { policy, standing, month, errorLimit } = evidence
  if (policy.evidenceLapse === undefined || standing.level !== 'human_on_the_loop' || errorLimit === null) return null
  const months = monthsEndingWith(month, policy.evidenceLapse.months)
  const [first] = months
  if (first === undefined) return null
  const { levelSince, isBaseline } = standing
  // A baseline states what was already so: there the months count from the first contact that was seen.
  const wasThroughout = isBaseline
    ? evidence.months[0] !== undefined && evidence.months[0] <= first
    : levelSince !== null && levelSince <= monthStart(first, context.reportingTimeZone)
  if (!wasThroughout) return null
  const isOpen = months.every(
    (each) => errorRateGate(typeEvidence(policy, each, standing, history, context)).verdict === 'inconclusive',
  )
  return isOpen
    ? `Nobody knew the error rate for ${countWord(months.length)} months on the loop (${monthSpan(months)}): the evidence has lapsed.`
    : null
}
