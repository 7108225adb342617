import type { GateId, Policy } from '../policy/policy.ts'
import { bakeObstacle } from './bake-time.ts'
import type { GateResult, SegmentResult, TypeEvaluation, TypeHistory, TypeStanding } from './evaluation.ts'
import { lapseAlarm } from './evidence-lapse.ts'
import { agreementGate } from './gates/agreement.ts'
import { criticalDefectsGate } from './gates/critical-defects.ts'
import { csatGate } from './gates/csat.ts'
import { deteriorationGate, harmAlarm } from './gates/deterioration.ts'
import { errorRateGate } from './gates/error-rate.ts'
import { manyTypesGates } from './gates/many-types.ts'
import { qaScoreGate } from './gates/qa-score.ts'
import { repeatContactGate } from './gates/repeat-contact.ts'
import { reviewCompletionGate } from './gates/review-completion.ts'
import { sustainedGate } from './gates/sustained.ts'
import { unexpectedEscalationGate } from './gates/unexpected-escalation.ts'
import { judgeSegments } from './judge-segments.ts'
import { recommend } from './recommend.ts'
import { type EvaluationContext, type TypeEvidence, typeEvidence } from './type-evidence.ts'

/**
 * Judges every type that is registered or seen in the month (YYYY-MM): each gate's verdict and numbers, and one
 * recommendation. Pure: the same arguments give the same result, in whatever order types and months come. The result
 * is sorted by type.
 *
 * Histories must reach back to each type's first month: a baseline is compared with its first closed months. All types
 * are judged together because G10 asks how many could expand at once. Throws bad_input only for a month that is none.
 */
export function evaluateMonth(
  policy: Policy,
  month: string,
  histories: readonly TypeHistory[],
  standings: readonly TypeStanding[],
  context: EvaluationContext,
): TypeEvaluation[] {
  const historyOf = new Map(histories.map((history) => [history.interactionType, history]))
  const standingOf = new Map(standings.map((standing) => [standing.interactionType, standing]))
  const seen = histories
    .filter((history) => history.months.some((typeMonth) => typeMonth.month === month && typeMonth.points.length > 0))
    .map((history) => history.interactionType)
  const registered = standings.filter((standing) => standing.isRegistered).map((standing) => standing.interactionType)
  const all = [...new Set([...registered, ...seen])].sort().map((interactionType) => {
    const standing = standingOf.get(interactionType) ?? unregistered(interactionType)
    return typeEvidence(policy, month, standing, historyOf.get(interactionType), context)
  })
  const manyTypes = manyTypesGates(all)
  return all.map((evidence, index) => {
    const last = manyTypes[index]
    const history = historyOf.get(evidence.standing.interactionType)
    return evaluationOf(evidence, history, last === undefined ? [] : [last], context)
  })
}

function evaluationOf(
  evidence: TypeEvidence,
  history: TypeHistory | undefined,
  manyTypes: readonly GateResult[],
  context: EvaluationContext,
): TypeEvaluation {
  const { standing, policy, month } = evidence
  const deterioration = deteriorationGate(evidence)
  const agreement = agreementGate(evidence)
  const gates = [
    errorRateGate(evidence),
    qaScoreGate(evidence),
    csatGate(evidence),
    repeatContactGate(evidence),
    unexpectedEscalationGate(evidence),
    ...(deterioration === undefined ? [] : [deterioration]),
    reviewCompletionGate(evidence),
    ...(agreement === undefined ? [] : [agreement]),
    sustainedGate(evidence),
    criticalDefectsGate(evidence),
    ...manyTypes,
  ].map(
    (gate): GateResult =>
      isShadowGate(policy, gate.gate) ? { ...gate, label: `${gate.label} (in shadow)`, isShadow: true } : gate,
  )
  const alarms = [
    isShadowGate(policy, 'G6') ? null : harmAlarm(evidence),
    lapseAlarm(evidence, history, context),
  ].filter((alarm) => alarm !== null)
  const position = {
    isRegistered: standing.isRegistered,
    level: standing.level,
    ceiling: standing.ceiling,
    stated: standing.stated,
    hasErrorLimit: evidence.errorLimit !== null,
    baking: bakeObstacle(standing, month, policy.bakeMonths, context.reportingTimeZone),
  }
  const segments = judgeSegments(evidence)
  return {
    interactionType: standing.interactionType,
    month,
    level: standing.level,
    ...recommend(
      position,
      gates.filter((gate) => gate.isShadow !== true),
      alarms,
      {
        blockers: reasonsOf(segments, ({ verdict, blocksExpansion }) => verdict === 'failing' && blocksExpansion),
        unknown: reasonsOf(segments, ({ verdict }) => verdict === 'unknown'),
      },
    ),
    gates,
    ...(segments === undefined ? {} : { segments }),
  }
}

function reasonsOf(segments: readonly SegmentResult[] | undefined, is: (segment: SegmentResult) => boolean): string[] {
  return (segments ?? []).filter(is).map(({ reason }) => reason)
}

function isShadowGate(policy: Policy, gate: GateId): boolean {
  return policy.shadowGates?.includes(gate) === true
}

function unregistered(interactionType: string): TypeStanding {
  return {
    interactionType,
    isRegistered: false,
    riskTier: null,
    ceiling: null,
    level: null,
    levelSince: null,
    isBaseline: false,
  }
}
