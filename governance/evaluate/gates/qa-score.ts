import { formatCount, formatMonth, formatPoints } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { meanBounds } from '#models/statistics/mean-bounds.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult, inconclusiveRange, obstacleOf } from '../gate-result.ts'
import { pool } from '../pool.ts'
import { formatConfidence, monthSpan } from '../sentences.ts'
import type { TypeEvidence } from '../type-evidence.ts'

/**
 * G2. Passes when the t lower bound of the pooled mean score lies at or over the minimum, fails when the upper bound
 * lies under it. Points 0..100. methods.md section 0.
 */
export function qaScoreGate(evidence: TypeEvidence): GateResult {
  const { minimumScore, alpha, minimumReviews } = evidence.policy.gates.G2
  const gate = { gate: 'G2', label: metrics.qa_score.label, unit: 'points', limit: minimumScore } as const
  const pooled = pool(evidence, evidence.window, 'qa_score')
  const count = pooled.denominator
  if (count === 0) {
    return gateResult(gate, 'inconclusive', `No random review in ${monthSpan(evidence.window)} gives a score.`)
  }
  const counted = { ...gate, value: pooled.numerator / count, numerator: pooled.numerator, denominator: count }
  const boundsAt = (level: number) =>
    pooled.sumOfSquares === null ? null : meanBounds(count, pooled.numerator, pooled.sumOfSquares, level)
  const shown = boundsAt(0.025)
  const bounds = boundsAt(alpha)
  if (shown === null || bounds === null || count < minimumReviews) {
    const missing = Math.max(1, minimumReviews - count)
    return gateResult(
      counted,
      'inconclusive',
      `Only ${formatCount(count)} scored random ${count === 1 ? 'review' : 'reviews'} in ${monthSpan(pooled.months)}; the policy asks for ${formatCount(minimumReviews)}.`,
      `${formatCount(missing)} more scored random ${missing === 1 ? 'review' : 'reviews'}.`,
    )
  }
  const mean = counted.value
  const facts = {
    ...counted,
    lower: shown.lower,
    upper: shown.upper,
    ...inconclusiveRange(
      Math.max(0, minimumScore - (bounds.upper - mean)),
      Math.min(100, minimumScore + (mean - bounds.lower)),
    ),
  }
  const upperFacts = { ...facts, decisiveBound: bounds.upper, decisiveSide: 'upper' } as const
  const lowerFacts = { ...facts, decisiveBound: bounds.lower, decisiveSide: 'lower' } as const
  const obstacle = obstacleOf(pooled)
  if (obstacle !== null) return gateResult(lowerFacts, 'inconclusive', obstacle)
  if (!pooled.months.includes(evidence.month)) {
    return gateResult(lowerFacts, 'inconclusive', `No random review of ${formatMonth(evidence.month)} gives a score.`)
  }
  const said = `Mean ${formatPoints(mean)} in ${formatCount(count)} random reviews of ${monthSpan(pooled.months)}: at ${formatConfidence(alpha)} confidence`
  const asked = `the ${formatPoints(minimumScore, 0)} asked for`
  if (bounds.lower >= minimumScore) {
    return gateResult(lowerFacts, 'pass', `${said} it is at least ${formatPoints(bounds.lower)}, not under ${asked}.`)
  }
  if (bounds.upper < minimumScore) {
    return gateResult(upperFacts, 'fail', `${said} it is at most ${formatPoints(bounds.upper)}, under ${asked}.`)
  }
  return gateResult(
    lowerFacts,
    'inconclusive',
    `${said} it lies between ${formatPoints(bounds.lower)} and ${formatPoints(bounds.upper)}, on both sides of ${asked}.`,
    'More scored random reviews narrow the interval.',
  )
}
