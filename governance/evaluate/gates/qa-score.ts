import { countOf, formatCount, formatMonth, formatPoints } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { kishSize } from '#models/statistics/kish-size.ts'
import { meanBounds } from '#models/statistics/mean-bounds.ts'
import { stratifiedMean } from '#models/statistics/stratified-mean.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult, inconclusiveRange, obstacleOf, strataObstacle } from '../gate-result.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { type Pooled, pool } from '../pool.ts'
import { type PooledScores, poolScoreStrata } from '../pool-score-strata.ts'
import { asWeighted, formatConfidence, monthSpan } from '../sentences.ts'
import type { TypeEvidence } from '../type-evidence.ts'

/**
 * G2. Passes when the t lower bound of the pooled mean score lies at or over the minimum, fails when the upper bound
 * lies under it. Where the random reviews have strata, each counts by the contacts it stands for. Points 0..100.
 * methods.md sections 0 and 4.
 */
export function qaScoreGate(evidence: TypeEvidence): GateResult {
  const { minimumScore, alpha, minimumReviews } = evidence.policy.gates.G2
  const gate = { gate: 'G2', label: metrics.qa_score.label, unit: 'points', limit: minimumScore } as const
  const pooled = pool(evidence, evidence.window, 'qa_score')
  const count = pooled.denominator
  if (count === 0) {
    const reason =
      noAiContact(evidence, evidence.window) ?? `No random review in ${monthSpan(evidence.window)} gives a score.`
    return gateResult(gate, 'inconclusive', reason)
  }
  const weighted = poolScoreStrata(evidence, evidence.window)
  const mean = weighted === null ? pooled.numerator / count : (estimateOf(weighted, alpha)?.mean ?? null)
  const counted = { ...gate, value: mean, numerator: pooled.numerator, denominator: count }
  const boundsAt = (level: number) =>
    weighted === null ? plainBounds(pooled, level) : (estimateOf(weighted, level)?.spread ?? null)
  const shown = boundsAt(0.025)
  const bounds = boundsAt(alpha)
  // Of weighted reviews a few may carry nearly all weight, and a few that agree would look as if they all did.
  const scored = weighted === null ? count : Math.floor(kishSize(weighted.strata))
  const missing = Math.max(weighted === null && shown === null ? 1 : 0, minimumReviews - scored)
  if (missing > 0) {
    const told =
      weighted === null
        ? `Only ${countOf(count, 'scored random review')} in ${monthSpan(pooled.months)}`
        : `${countOf(count, 'scored random review')} of ${monthSpan(pooled.months)}, weighted by stratum, tell no more than ${formatCount(scored)} would`
    return gateResult(
      counted,
      'inconclusive',
      `${told}; the policy asks for ${formatCount(minimumReviews)}.`,
      weighted === null
        ? `${formatCount(missing)} more scored random ${missing === 1 ? 'review' : 'reviews'}.`
        : 'More scored random reviews of the strata that stand for most contacts.',
    )
  }
  if (mean === null || shown === null || bounds === null) {
    return gateResult(
      counted,
      'inconclusive',
      obstacleOf(pooled) ?? scoreObstacle(weighted) ?? 'The scores of a stratum cannot be weighted.',
    )
  }
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
  const obstacle = obstacleOf(pooled) ?? scoreObstacle(weighted)
  if (obstacle !== null) return gateResult(lowerFacts, 'inconclusive', obstacle)
  if (!pooled.months.includes(evidence.month)) {
    return gateResult(lowerFacts, 'inconclusive', `No random review of ${formatMonth(evidence.month)} gives a score.`)
  }
  const said = `Mean ${formatPoints(mean)} in ${formatCount(count)} random reviews of ${monthSpan(pooled.months)}${asWeighted(weighted !== null)}: at ${formatConfidence(alpha)} confidence`
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

function plainBounds({ denominator, numerator, sumOfSquares }: Pooled, level: number) {
  return sumOfSquares === null ? null : meanBounds(denominator, numerator, sumOfSquares, level)
}

/** Of the strata that have a score; those without are an obstacle beside. */
function estimateOf({ strata }: PooledScores, level: number) {
  const scored = strata.filter(({ sampled }) => sampled > 0)
  return stratifiedMean(
    scored.map(({ sampled, ...stratum }) => ({ ...stratum, n: sampled })),
    level,
  )
}

/** Why weighted scores may not be judged, or null. */
function scoreObstacle(weighted: PooledScores | null): string | null {
  if (weighted === null) return null
  const obstacle = strataObstacle(weighted, { reviews: 'scored random', unknown: 'score is' })
  if (obstacle !== null) return obstacle
  const single = weighted.strata.find(({ sampled }) => sampled === 1)
  return single === undefined
    ? null
    : `Stratum ${single.stratum} has a single scored random review, which says nothing of how scores vary.`
}
