import binomialPmf from '@stdlib/stats-base-dists-binomial-pmf'
import { OversightError } from '../oversight-error.ts'
import { checkCounts, checkInside, checkInteger } from './check-arguments.ts'

export interface BinomialCusumDesign {
  /** The share when all is well. */
  readonly acceptableShare: number
  /** The share to be found quickly, above the acceptable one. */
  readonly harmfulShare: number
  /** Signal when the sum reaches this. */
  readonly interval: number
}

export interface BinomialCusumPoint {
  /** Log likelihood ratio of the period, harmful against acceptable. */
  readonly weight: number
  readonly sum: number
  readonly isSignal: boolean
}

/**
 * CUSUM of counts: for weekly shares with few cases, where 3-sigma limits mean nothing.
 *
 * Formula: S_t = max(0, S_(t-1) + k ln(p1 / p0) + (n - k) ln((1 - p1) / (1 - p0))), signal at S_t >= interval. Source:
 * Page 1954; Steiner, Cook, Farewell & Treasure 2000, Biostatistics 1:441-452. The sum runs on after a signal.
 *
 * Periods hold k of n; n may differ from period to period. Throws OversightError `internal` on impossible counts or a
 * design other than 0 < p0 < p1 < 1, interval > 0.
 */
export function binomialCusum(
  periods: readonly { readonly k: number; readonly n: number }[],
  design: BinomialCusumDesign,
): BinomialCusumPoint[] {
  const { hit, miss } = weights(design)
  let sum = 0
  return periods.map(({ k, n }) => {
    checkCounts(k, n, 'binomialCusum')
    const weight = k * hit + (n - k) * miss
    sum = Math.max(0, sum + weight)
    return { weight, sum, isSignal: sum >= design.interval }
  })
}

/**
 * Average run length: how many periods of `n` cases pass until the first signal, when the share is `share`. At the
 * acceptable share that is the time between false alarms, at the harmful one the delay of detection.
 *
 * Formula: exact. Between two visits to 0 the sum after j periods and i hits is i hit + (n j - i) miss, so the Markov
 * chain has the states (i, j); run length = E[periods of a visit] / P(a visit ends in a signal), the visits being
 * independent and alike. Source: Brook & Evans 1972, Biometrika 59:539-549, with the exact states in place of a grid.
 * What is still on its way with probability below 1e-17 is left out.
 *
 * Infinity where a signal cannot occur. Throws OversightError `internal` on an impossible design or share.
 */
export function binomialCusumRunLength(n: number, share: number, design: BinomialCusumDesign): number {
  checkInteger(n, 1, 'n', 'binomialCusumRunLength')
  checkInside(share, 'share', 'binomialCusumRunLength')
  const { hit, miss } = weights(design)
  const chances = Array.from({ length: n + 1 }, (_, k) => binomialPmf(k, n, share))
  let onTheWay = new Map<number, number>([[0, 1]])
  let periods = 0
  let signals = 0
  for (let j = 1; onTheWay.size > 0; j += 1) {
    const next = new Map<number, number>()
    for (const [hits, probability] of onTheWay) {
      periods += probability
      for (const [k, chance] of chances.entries()) {
        const sum = (hits + k) * hit + (n * j - hits - k) * miss
        if (sum >= design.interval) signals += probability * chance
        else if (sum > 0) next.set(hits + k, (next.get(hits + k) ?? 0) + probability * chance)
      }
    }
    onTheWay = new Map([...next].filter(([, probability]) => probability > 1e-17))
  }
  return signals === 0 ? Number.POSITIVE_INFINITY : periods / signals
}

function weights({ acceptableShare, harmfulShare, interval }: BinomialCusumDesign): { hit: number; miss: number } {
  if (!(0 < acceptableShare && acceptableShare < harmfulShare && harmfulShare < 1 && interval > 0)) {
    throw new OversightError(
      'internal',
      `A binomial CUSUM needs 0 < acceptable < harmful < 1 and an interval above 0, got ${acceptableShare}, ${harmfulShare}, ${interval}.`,
    )
  }
  return {
    hit: Math.log(harmfulShare / acceptableShare),
    miss: Math.log((1 - harmfulShare) / (1 - acceptableShare)),
  }
}
