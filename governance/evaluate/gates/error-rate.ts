import { formatCount, formatMonth } from '#models/format-metric.ts'
import type { Month } from '#models/reporting-month.ts'
import { bonferroniLower } from '#models/statistics/bonferroni-bounds.ts'
import { clopperPearsonLower, clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { inconclusiveBand } from '#models/statistics/inconclusive-band.ts'
import { moverUpper } from '#models/statistics/mover-upper.ts'
import { reviewsToConclude } from '#models/statistics/reviews-to-conclude.ts'
import { stratifiedRate } from '#models/statistics/stratified-rate.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult, inconclusiveRange, obstacleOf, strataObstacle } from '../gate-result.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { type Pooled, pool } from '../pool.ts'
import { type PooledStrata, poolStrata } from '../pool-strata.ts'
import { completionOf, incompleteMonths, reviewsToComplete } from '../review-completion.ts'
import {
  asWeighted,
  errorsIn,
  formatBeside,
  formatConfidence,
  formatLimit,
  monthList,
  monthSpan,
} from '../sentences.ts'
import { nextWindow, type TypeEvidence } from '../type-evidence.ts'

const gate = { gate: 'G1', label: 'AI error rate', unit: 'share' } as const

/**
 * G1. Passes when the Clopper-Pearson upper bound of the pooled window lies at or under the limit of the tier; fails
 * when the lower bound of the evidence month alone lies over it. Where the random reviews have strata, the bounds are
 * MOVER with Clopper-Pearson limits and Bonferroni, which with one stratum are the same. Shares 0..1. methods.md
 * sections 0 and 1.2 to 1.4.
 */
export function errorRateGate(evidence: TypeEvidence): GateResult {
  const { errorLimit: limit, errorAlphaPass: alphaPass, policy } = evidence
  const { alphaFail } = policy.gates.G1
  const pooled = pool(evidence, evidence.window, 'ai_error_rate')
  if (pooled.denominator === 0) {
    const reason =
      noAiContact(evidence, evidence.window) ??
      `No random review was completed in ${monthSpan(evidence.window)}, so the error rate is unknown.`
    return gateResult({ ...gate, limit }, 'inconclusive', reason, moreReviews(evidence))
  }
  const weighted = poolStrata(evidence, evidence.window)
  const facts = {
    ...gate,
    ...ratesOf(pooled, weighted),
    limit,
    ...(limit === null || alphaPass === null || weighted !== null ? {} : bandOf(evidence, pooled, limit, alphaPass)),
  }
  if (limit === null || alphaPass === null) {
    const reason = evidence.standing.isRegistered
      ? 'Types of this risk tier never expand, so the policy sets no limit.'
      : 'The type is not registered, so it has no risk tier and no limit.'
    return gateResult(facts, 'inconclusive', reason)
  }

  const latest = pool(evidence, [evidence.month], 'ai_error_rate')
  const shownBound = lowerBoundOfMonth(evidence, evidence.month)
  if (shownBound !== null && shownBound > limit) {
    const reason = `${errorsIn(latest.numerator, latest.denominator)} of ${formatMonth(evidence.month)} alone${asWeighted(weighted !== null)}: at ${formatConfidence(alphaFail)} confidence the rate is at least ${formatBeside(shownBound, limit)}, over the limit of ${formatLimit(limit)}.`
    return gateResult(
      {
        ...facts,
        ...ratesOf(latest, poolStrata(evidence, [evidence.month])),
        decisiveBound: shownBound,
        decisiveSide: 'lower',
      },
      'fail',
      reason,
    )
  }

  const upper =
    weighted === null
      ? clopperPearsonUpper(pooled.numerator, pooled.denominator, alphaPass)
      : moverUpper(weighted.strata, alphaPass)
  const judged = { ...facts, decisiveBound: upper, decisiveSide: 'upper' } as const
  const obstacle =
    obstacleOf(pooled) ?? (weighted && strataObstacle(weighted, { reviews: 'random', unknown: 'errors are' }))
  if (obstacle !== null) return gateResult(judged, 'inconclusive', obstacle)
  if (latest.denominator === 0) {
    const reason = `No random review of ${formatMonth(evidence.month)} was completed, so its error rate is unknown.`
    return gateResult(judged, 'inconclusive', reason, moreReviews(evidence))
  }
  const incomplete = incompleteMonths(evidence, pooled.months)
  if (incomplete.length > 0) {
    const reason = `Too many drawn reviews of ${monthList(incomplete)} are still open (under ${formatLimit(policy.gates.G7.minimumCompletion)} done); the hard ones stay open longest.`
    return gateResult(judged, 'inconclusive', reason, reviewsToComplete(evidence, incomplete))
  }
  const confidence = formatConfidence(alphaPass)
  const counted = `${errorsIn(pooled.numerator, pooled.denominator)} of ${monthSpan(pooled.months)}${asWeighted(weighted !== null)}`
  if (upper <= limit) {
    const reason = `${counted}: at ${confidence} confidence the rate is at most ${formatBeside(upper, limit)}, within the limit of ${formatLimit(limit)}.`
    return gateResult(judged, 'pass', reason)
  }
  const reason = `${counted}: at ${confidence} confidence the rate may be as high as ${formatBeside(upper, limit)}, over the limit of ${formatLimit(limit)}.`
  return gateResult(judged, 'inconclusive', reason, moreReviews(evidence))
}

/**
 * Lower bound of one month's error rate, null when the month has no final data. While too many reviews are open, the
 * open ones count as error-free: leaving reviews undone can neither pass a type nor hide a failure that shows anyway.
 */
export function lowerBoundOfMonth(evidence: TypeEvidence, month: Month): number | null {
  const counts = pool(evidence, [month], 'ai_error_rate')
  if (counts.denominator === 0 || counts.provisional.length > 0) return null
  const { drawn, completed } = completionOf(evidence, month)
  const isComplete = incompleteMonths(evidence, [month]).length === 0
  const weighted = poolStrata(evidence, [month])
  if (weighted !== null) {
    const strata = weighted.strata.map((stratum) => ({
      ...stratum,
      sampled: isComplete ? stratum.sampled : Math.min(Math.max(stratum.drawn, stratum.sampled), stratum.population),
    }))
    return bonferroniLower(strata, evidence.policy.gates.G1.alphaFail)
  }
  const open = isComplete ? 0 : Math.max(0, drawn - completed)
  return clopperPearsonLower(counts.numerator, counts.denominator + open, evidence.policy.gates.G1.alphaFail)
}

/** For display: Wilson, over strata MOVER with Wilson limits. The counts are those reviewed, whatever their weight. */
function ratesOf({ numerator, denominator }: Pooled, weighted: PooledStrata | null) {
  if (weighted === null) {
    const { lower, upper } = wilsonInterval(numerator, denominator)
    return { value: numerator / denominator, lower, upper, numerator, denominator }
  }
  const rate = stratifiedRate(weighted.strata)
  return { value: rate?.rate ?? null, lower: rate?.lower ?? null, upper: rate?.upper ?? null, numerator, denominator }
}

/** From the smallest pooled share that no longer passes to the largest share of the evidence month that does not fail. */
function bandOf(evidence: TypeEvidence, pooled: Pooled, limit: number, alphaPass: number) {
  const { alphaFail } = evidence.policy.gates.G1
  const { passAtMost } = inconclusiveBand(pooled.denominator, limit, alphaPass, alphaFail)
  const monthReviews = pool(evidence, [evidence.month], 'ai_error_rate').denominator
  const failAtLeast = monthReviews === 0 ? 1 : inconclusiveBand(monthReviews, limit, alphaPass, alphaFail).failAtLeast
  return inconclusiveRange(
    (passAtMost + 1) / pooled.denominator,
    monthReviews === 0 ? 1 : Math.min(1, (failAtLeast - 1) / monthReviews),
  )
}

/**
 * How many reviews of the next month would settle it, were none of them wrong. The month judged is closed: topping it
 * up until it passes would be optional stopping.
 */
function moreReviews(evidence: TypeEvidence): string | null {
  const { errorLimit: limit, errorAlphaPass: alphaPass } = evidence
  if (limit === null || alphaPass === null) return null
  if (poolStrata(evidence, evidence.window) !== null) return 'More random reviews in every stratum would narrow it.'
  const months = nextWindow(evidence)
  const next = months.at(-1)
  if (next === undefined) return null
  const kept = pool(evidence, months.slice(0, -1), 'ai_error_rate')
  const count = reviewsToConclude(kept.numerator, kept.denominator, limit, alphaPass)
  return `${formatCount(count)} more random ${count === 1 ? 'review' : 'reviews'} without an error, drawn in ${formatMonth(next)}, would make this decidable.`
}
