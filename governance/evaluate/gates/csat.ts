import { formatCount, formatDifference, formatMonth, formatShare } from '#models/format-metric.ts'
import type { CsatScale } from '#models/metrics.ts'
import { manskiBounds } from '#models/statistics/manski-bounds.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import { csatAtMix } from '../csat-mix.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult, inconclusiveRange, obstacleOf } from '../gate-result.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { type Pooled, pool } from '../pool.ts'
import { formatConfidence, formatDistance, formatMargin, monthList, monthSpan } from '../sentences.ts'
import type { TypeEvidence } from '../type-evidence.ts'

/** Ties go to the finer scale. */
const scales: readonly CsatScale[] = ['five_point', 'three_point', 'binary']

/**
 * G3. CSAT stable or improving: non-inferiority of the satisfied share against the reference months, Newcombe bounds,
 * AI-participated contacts, one scale (the one with most answers in the window). Inconclusive when too few answered or
 * when who answers has changed. Where the policy says so, both periods are taken at the mix of channels of the reference
 * months. How low and high the share could be had everybody answered (Manski) is said, and decides nothing. Differences
 * of shares. methods.md section 4.
 */
export function csatGate(evidence: TypeEvidence): GateResult {
  const rules = evidence.policy.gates.G3
  const { marginShare: margin, alpha } = rules
  const gate = { gate: 'G3', label: 'CSAT', unit: 'difference', limit: -margin } as const
  const { scale, current } = dominantScale(evidence)
  if (current.denominator === 0) {
    const reason =
      noAiContact(evidence, evidence.window) ?? `No CSAT answer in ${monthSpan(evidence.window)}: not measured.`
    return gateResult(gate, 'inconclusive', reason)
  }
  const counts = { ...gate, numerator: current.numerator, denominator: current.denominator }
  const { reference } = evidence
  if (reference.missing !== null) return gateResult(counts, 'inconclusive', reference.missing, reference.cure)
  const past = pool(evidence, reference.months, 'csat_satisfied_rate', 'ai_participated', scale)
  if (past.denominator === 0 || past.missing.length > 0) {
    const reason = `No CSAT answer on the same scale in the reference months: ${monthList(past.missing)}.`
    return gateResult(counts, 'inconclusive', reason)
  }
  const mix = rules.isMixStandardised === true ? csatAtMix(evidence, scale, current, past) : undefined
  const at = (level: number) =>
    mix?.at?.(level) ??
    newcombeDifference(current.numerator, current.denominator, past.numerator, past.denominator, level)
  const { difference, lower, upper } = at(alpha)
  const shown = at(0.025)
  const passesFrom = -margin + (difference - lower)
  const facts = {
    ...counts,
    value: difference,
    lower: shown.lower,
    upper: shown.upper,
    referenceNumerator: past.numerator,
    referenceDenominator: past.denominator,
    // Where the interval is narrower than the margin nothing lies between: what does not pass fails.
    ...inconclusiveRange(Math.min(-(upper - difference), passesFrom), passesFrom),
    decisiveBound: lower,
    decisiveSide: 'lower',
  } as const
  const tooFew = tooFewAnswers(current, rules.minimumResponses) ?? tooFewAnswers(past, rules.minimumResponses)
  if (tooFew !== null) return gateResult(facts, 'inconclusive', tooFew.reason, tooFew.cure)
  const obstacle = obstacleOf(current, past) ?? answeringChanged(evidence, scale, reference.months) ?? mix?.obstacle
  if (obstacle) return gateResult(facts, 'inconclusive', obstacle)
  if (!current.months.includes(evidence.month)) {
    return gateResult(facts, 'inconclusive', `No CSAT answer in ${formatMonth(evidence.month)}.`)
  }

  const counted = current.numerator / current.denominator - past.numerator / past.denominator
  const said =
    `${formatShare(current.numerator / current.denominator)} of ${formatCount(current.denominator)} answers satisfied ` +
    `against ${formatShare(past.numerator / past.denominator)} in ${monthSpan(past.months)} (${formatDifference(counted)}` +
    `${mix === undefined ? '' : `, ${formatDifference(difference)} at the mix of channels of then`})`
  const unheard = silence(evidence, scale, current)
  const sure = `at ${formatConfidence(alpha)} confidence`
  if (lower > -margin) {
    const reason = `${said}: ${sure} not below ${formatDifference(lower)}, within the margin of ${formatMargin(margin)}${unheard}.`
    return gateResult(facts, 'pass', reason)
  }
  if (upper < 0) {
    const reason = `${said}: ${sure} it fell by at least ${formatDistance(upper)}${unheard}.`
    return gateResult({ ...facts, decisiveBound: upper, decisiveSide: 'upper' }, 'fail', reason)
  }
  return gateResult(
    facts,
    'inconclusive',
    `${said}: ${sure} it may have fallen to ${formatDifference(lower)}, beyond the margin of ${formatMargin(margin)}${unheard}.`,
    'More answers narrow the interval; look again with next month\u2019s evidence.',
  )
}

function dominantScale(evidence: TypeEvidence): { scale: CsatScale; current: Pooled } {
  const [first, ...others] = scales.map((scale) => ({
    scale,
    current: pool(evidence, evidence.window, 'csat_satisfied_rate', 'ai_participated', scale),
  })) as [{ scale: CsatScale; current: Pooled }, ...{ scale: CsatScale; current: Pooled }[]]
  return others.reduce((best, next) => (next.current.denominator > best.current.denominator ? next : best), first)
}

/** What is not known of those who did not answer, as a sentence of its own whose full stop follows. */
function silence(evidence: TypeEvidence, scale: CsatScale, current: Pooled): string {
  const offered = pool(evidence, current.months, 'csat_response_rate', 'ai_participated', scale).denominator
  if (offered <= current.denominator) return ''
  const { lower, upper } = manskiBounds(current.numerator, current.denominator, offered)
  return `. ${formatShare(current.denominator / offered, 0)} answered; had everybody, the share satisfied would lie between ${formatShare(lower, 0)} and ${formatShare(upper, 0)}`
}

function tooFewAnswers(pooled: Pooled, minimum: number): { reason: string; cure: string } | null {
  if (pooled.denominator >= minimum) return null
  const missing = minimum - pooled.denominator
  return {
    reason: `Only ${formatCount(pooled.denominator)} CSAT ${pooled.denominator === 1 ? 'answer' : 'answers'} in ${monthSpan(pooled.months)}; the policy asks for ${formatCount(minimum)}.`,
    cure: `${formatCount(missing)} more CSAT ${missing === 1 ? 'answer' : 'answers'}.`,
  }
}

/** Who answers moves CSAT more than how they were served: a moved response rate makes two periods incomparable. */
function answeringChanged(evidence: TypeEvidence, scale: CsatScale, referenceMonths: Pooled['months']): string | null {
  const rules = evidence.policy.gates.G3
  const now = pool(evidence, evidence.window, 'csat_response_rate', 'ai_participated', scale)
  const then = pool(evidence, referenceMonths, 'csat_response_rate', 'ai_participated', scale)
  if (now.denominator === 0 || then.denominator === 0)
    return 'The share that answers is not known, so CSAT cannot be compared.'
  const broken = obstacleOf(now, then)
  if (broken !== null) return broken
  const nowShare = now.numerator / now.denominator
  const shift = nowShare - then.numerator / then.denominator
  if (Math.abs(shift) > rules.maximumResponseShift) {
    return `The share that answers moved by ${formatDifference(shift)} (limit ${formatMargin(rules.maximumResponseShift)}), so CSAT cannot be compared.`
  }
  const human = pool(evidence, evidence.window, 'csat_response_rate', 'human', scale)
  if (human.denominator === 0 || Math.min(human.denominator, now.denominator) < rules.minimumResponses) return null
  const gap = nowShare - human.numerator / human.denominator
  return Math.abs(gap) > rules.maximumResponseGapToHuman
    ? `The share that answers differs from contacts without AI by ${formatDifference(gap)} (limit ${formatMargin(rules.maximumResponseGapToHuman)}), so CSAT may not stand for all.`
    : null
}
