import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import { OversightError } from '../oversight-error.ts'
import { binomialAtMost } from './binomial-tail.ts'
import { checkInside } from './check-arguments.ts'

interface PlannedSample {
  readonly n: number
  /** Most defects with which n reviews still pass. */
  readonly passAtMost: number
  /** Chance to pass at the assumed share. */
  readonly power: number
}

export interface SampleSizePlan {
  /** The textbook formula, for comparison only. */
  readonly normalApproximation: number
  /** The first n that has the power; a slightly larger one may not, because the power is a saw-tooth. */
  readonly first: PlannedSample
  /** The n from which on every n has the power: what to plan with. */
  readonly safe: PlannedSample
}

/**
 * How many reviews does it take to show that the share of defects is under the limit, if it really is `assumedShare`?
 *
 * Formula: smallest n with a c such that P(Bin(n, limit) <= c) <= alpha and P(Bin(n, assumedShare) <= c) >= power;
 * approximation ((z_alpha sqrt(L(1-L)) + z_beta sqrt(p(1-p))) / (L - p))^2. Beyond a Chernoff bound every n is known to
 * have the power, and all n up to there are tried. Source: Fleiss, Levin & Paik, ch. 4; exact by enumeration.
 *
 * `alpha` one-sided. Throws OversightError `internal` where shares, alpha or power lie outside 0..1 or the assumed
 * share is not under the limit.
 */
export function sampleSizePlan({
  limit,
  assumedShare,
  alpha = 0.05,
  power = 0.8,
}: {
  readonly limit: number
  readonly assumedShare: number
  readonly alpha?: number
  readonly power?: number
}): SampleSizePlan {
  checkInside(limit, 'limit', 'sampleSizePlan')
  checkInside(assumedShare, 'assumedShare', 'sampleSizePlan')
  checkInside(alpha, 'alpha', 'sampleSizePlan')
  checkInside(power, 'power', 'sampleSizePlan')
  if (assumedShare >= limit) {
    throw new OversightError('internal', `sampleSizePlan needs assumedShare < limit, got ${assumedShare} and ${limit}.`)
  }
  const end = chernoffEnd(limit, assumedShare, alpha, power)
  let first: PlannedSample | undefined
  let safe: PlannedSample | undefined
  // One more review never lowers the acceptance number, and raises it by one at most.
  let passAtMost = -1
  for (let n = 1; n <= end; n += 1) {
    if (binomialAtMost(passAtMost + 1, n, limit) <= alpha) passAtMost += 1
    const reached = passAtMost < 0 ? 0 : binomialAtMost(passAtMost, n, assumedShare)
    if (reached < power) safe = undefined
    else {
      first ??= { n, passAtMost, power: reached }
      safe ??= { n, passAtMost, power: reached }
    }
  }
  if (first === undefined || safe === undefined) {
    throw new OversightError('internal', `sampleSizePlan found no sample up to ${end} reviews.`)
  }
  return { normalApproximation: normalApproximation(limit, assumedShare, alpha, power), first, safe }
}

function normalApproximation(limit: number, assumedShare: number, alpha: number, power: number): number {
  const atLimit = normalQuantile(1 - alpha, 0, 1) * Math.sqrt(limit * (1 - limit))
  const atAssumed = normalQuantile(power, 0, 1) * Math.sqrt(assumedShare * (1 - assumedShare))
  return Math.ceil(((atLimit + atAssumed) / (limit - assumedShare)) ** 2)
}

/**
 * A number of reviews from which on the power is certain: with x between the two shares, c = floor(n x) is acceptable
 * once exp(-n KL(x, limit)) <= alpha and passes often enough once exp(-n KL(x, assumed)) <= 1 - power.
 */
function chernoffEnd(limit: number, assumedShare: number, alpha: number, power: number): number {
  let low = assumedShare
  let high = limit
  for (let turn = 0; turn < 60; turn += 1) {
    const x = (low + high) / 2
    const forAlpha = Math.log(1 / alpha) / divergence(x, limit)
    const forPower = Math.log(1 / (1 - power)) / divergence(x, assumedShare)
    if (forAlpha < forPower) low = x
    else high = x
  }
  const x = (low + high) / 2
  return (
    Math.ceil(
      Math.max(Math.log(1 / alpha) / divergence(x, limit), Math.log(1 / (1 - power)) / divergence(x, assumedShare)),
    ) + 1
  )
}

/** Kullback-Leibler divergence of Bernoulli(x) from Bernoulli(p). */
function divergence(x: number, p: number): number {
  return x * Math.log(x / p) + (1 - x) * Math.log((1 - x) / (1 - p))
}
