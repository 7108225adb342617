import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { evaluateMonth } from '../evaluate/evaluate-month.ts'
import type { Recommendation, TypeEvaluation, TypeHistory, TypeStanding } from '../evaluate/evaluation.ts'
import type { Policy } from './policy.ts'

export interface BackTestRow {
  month: string
  interactionType: string
  /** Level that was in force; null where none was. */
  level: OversightLevel | null
  /** What the policy in force says of the month. */
  before: Recommendation
  /** What the other policy would have said. */
  after: Recommendation
  /** First reason of the other policy. */
  reason: string | null
}

/**
 * What a policy would have recommended for past months, beside what the one in force says, on the levels that really
 * were in force then: it does not play on what its own decisions would have changed. Pure. By month, then type.
 */
export function backTest(
  policies: { before: Policy; after: Policy },
  months: readonly string[],
  histories: readonly TypeHistory[],
  standingsOf: (month: string) => readonly TypeStanding[],
  context: { now: Date; reportingTimeZone: string },
): BackTestRow[] {
  return [...months].sort().flatMap((month) => {
    const standings = standingsOf(month)
    const judge = (policy: Policy) => evaluateMonth(policy, month, histories, standings, context)
    const after = new Map(judge(policies.after).map((evaluation) => [evaluation.interactionType, evaluation]))
    return judge(policies.before).map((before: TypeEvaluation): BackTestRow => {
      const other = after.get(before.interactionType) ?? before
      return {
        month,
        interactionType: before.interactionType,
        level: before.level,
        before: before.recommendation,
        after: other.recommendation,
        reason: other.reasons[0] ?? null,
      }
    })
  })
}
