import { formatCount, formatDifference, formatMonth, formatShare } from '#models/format-metric.ts'
import type { Month } from '#models/reporting-month.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult, inconclusiveRange, obstacleOf } from '../gate-result.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { pool } from '../pool.ts'
import { formatConfidence, formatDistance, formatMargin, monthList, monthSpan } from '../sentences.ts'
import type { TypeEvidence } from '../type-evidence.ts'

interface RateSpec {
  gate: 'G4' | 'G5'
  label: string
  metric: 'repeat_contact_rate_48h' | 'unexpected_escalation_rate'
  /** What the rate is, as the subject of a sentence. */
  subject: string
  marginShare: number
  alpha: number
  isOverdispersionAdjusted?: true | undefined
}

/**
 * G4 and G5: a rate that should not rise. The window's pooled rate minus the reference months' one, AI-participated
 * contacts, Newcombe bounds. Passes when the upper bound lies under the margin; fails when the lower bound lies over 0
 * and the difference over the margin. Differences of shares. methods.md section 0. Where the policy says so, bounds are
 * widened by how much more the days vary than independent contacts would.
 */
export function notWorseGate(evidence: TypeEvidence, spec: RateSpec): GateResult {
  const { marginShare: margin, alpha, subject } = spec
  const gate = { gate: spec.gate, label: spec.label, unit: 'difference', limit: margin } as const
  const current = pool(evidence, evidence.window, spec.metric)
  if (current.denominator === 0) {
    const reason =
      noAiContact(evidence, evidence.window) ?? `${subject} was not measured in ${monthSpan(evidence.window)}.`
    return gateResult(gate, 'inconclusive', reason)
  }
  const counted = { ...gate, numerator: current.numerator, denominator: current.denominator }
  const { reference } = evidence
  if (reference.missing !== null) return gateResult(counted, 'inconclusive', reference.missing, reference.cure)
  const past = pool(evidence, reference.months, spec.metric)
  if (past.denominator === 0 || past.missing.length > 0) {
    const reason = `${subject} was not measured in the reference months: ${monthList(past.missing)}.`
    return gateResult(counted, 'inconclusive', reason)
  }
  const phi = (months: readonly Month[]) =>
    spec.isOverdispersionAdjusted === true ? evidence.dispersion(months, spec.metric) : 1
  const dispersions = { current: phi(current.months), reference: phi(past.months) }
  const at = (level: number) =>
    newcombeDifference(current.numerator, current.denominator, past.numerator, past.denominator, level, dispersions)
  const { difference, lower, upper } = at(alpha)
  const shown = at(0.025)
  const facts = {
    ...counted,
    value: difference,
    lower: shown.lower,
    upper: shown.upper,
    referenceNumerator: past.numerator,
    referenceDenominator: past.denominator,
    ...inconclusiveRange(margin - (upper - difference), Math.max(margin, difference - lower)),
  }
  const upperFacts = { ...facts, decisiveBound: upper, decisiveSide: 'upper' } as const
  const obstacle = obstacleOf(current, past)
  if (obstacle !== null) return gateResult(upperFacts, 'inconclusive', obstacle)
  if (!current.months.includes(evidence.month)) {
    return gateResult(upperFacts, 'inconclusive', `${subject} was not measured in ${formatMonth(evidence.month)}.`)
  }
  const said =
    `${subject} was ${formatShare(current.numerator / current.denominator)} of ${formatCount(current.denominator)} contacts ` +
    `against ${formatShare(past.numerator / past.denominator)} in ${monthSpan(past.months)} (${formatDifference(difference)})`
  const widest = Math.max(dispersions.current, dispersions.reference)
  const bursts = widest > 1 ? ', days in bursts counted in' : ''
  const sure = `at ${formatConfidence(alpha)} confidence${bursts}`
  if (upper < margin) {
    return gateResult(
      upperFacts,
      'pass',
      `${said}: ${sure} at most ${formatDifference(upper)}, within the margin of ${formatMargin(margin)}.`,
    )
  }
  if (lower > 0 && difference > margin) {
    return gateResult(
      { ...facts, decisiveBound: lower, decisiveSide: 'lower' },
      'fail',
      `${said}, over the margin of ${formatMargin(margin)}, and shown to have risen: by at least ${formatDistance(lower)} ${sure}.`,
    )
  }
  return gateResult(
    upperFacts,
    'inconclusive',
    `${said}: ${sure} it may be up to ${formatDifference(upper)}, beyond the margin of ${formatMargin(margin)}.`,
    'More contacts narrow the interval; look again with next month\u2019s evidence.',
  )
}
