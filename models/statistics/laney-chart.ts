import { binomialAtLeast, binomialAtMost } from './binomial-tail.ts'
import { checkCounts } from './check-arguments.ts'

interface LaneyPoint {
  readonly k: number
  readonly n: number
  /** k / n, null in a period without cases, which takes no part in anything else. */
  readonly share: number | null
  /** Binomial standard deviation at the pooled share. */
  readonly sigma: number | null
  readonly z: number | null
  /** Limits, clipped to 0..1. */
  readonly lower: number | null
  readonly upper: number | null
  readonly isOutside: boolean
  /** P(as many or more) and P(as many or fewer) at the pooled share: the exact answer where cases are few. */
  readonly upperTail: number | null
  readonly lowerTail: number | null
}

export interface LaneyChart {
  /** Pooled share, null without a case. */
  readonly mean: number | null
  /** Variation between periods as a multiple of the binomial one; null with fewer than two usable periods. */
  readonly sigmaZ: number | null
  /** The multiple that the limits use: at least `floor`. */
  readonly usedSigmaZ: number
  readonly points: readonly LaneyPoint[]
}

/**
 * Laney p' chart of shares over periods: a p chart whose limits also hold the variation between periods, so that large
 * counts do not put every period outside.
 *
 * Formula: p = sum k / sum n, sigma_i = sqrt(p (1 - p) / n_i), z_i = (p_i - p) / sigma_i, sigma_z = mean |z_i -
 * z_(i-1)| / 1.128; limits p -+ 3 sigma_i max(floor, sigma_z). Source: Laney 2002, Quality Engineering 14:531-537 (the
 * moving-range form, as Minitab and qicharts2 use it). `floor` 1 never makes limits narrower than a p chart; 0 is the
 * plain formula. Wanted: n >= 50 and n p >= 5 in each period, otherwise read the exact tails.
 *
 * Shares 0..1. Throws OversightError `internal` on impossible counts.
 */
export function laneyChart(periods: readonly { readonly k: number; readonly n: number }[], floor = 1): LaneyChart {
  let hits = 0
  let cases = 0
  for (const { k, n } of periods) {
    checkCounts(k, n, 'laneyChart')
    hits += k
    cases += n
  }
  const mean = cases === 0 ? null : hits / cases
  const measured = periods.map(({ k, n }) => measure(k, n, mean))
  const scores = measured.flatMap(({ z }) => (z === null ? [] : [z]))
  const ranges = scores.slice(1).map((z, index) => Math.abs(z - (scores[index] ?? 0)))
  const sigmaZ = ranges.length === 0 ? null : ranges.reduce((sum, range) => sum + range, 0) / ranges.length / 1.128
  const usedSigmaZ = Math.max(floor, sigmaZ ?? 1)
  const points = measured.map((point) => {
    if (mean === null || point.sigma === null || point.share === null) {
      return { ...point, lower: null, upper: null, isOutside: false }
    }
    const lower = Math.max(0, mean - 3 * point.sigma * usedSigmaZ)
    const upper = Math.min(1, mean + 3 * point.sigma * usedSigmaZ)
    return { ...point, lower, upper, isOutside: point.share < lower || point.share > upper }
  })
  return { mean, sigmaZ, usedSigmaZ, points }
}

function measure(k: number, n: number, mean: number | null) {
  if (mean === null || n === 0) {
    return { k, n, share: null, sigma: null, z: null, upperTail: null, lowerTail: null }
  }
  const share = k / n
  const sigma = Math.sqrt((mean * (1 - mean)) / n)
  return {
    k,
    n,
    share,
    sigma,
    // Where all or none of the cases are hits nothing varies and every period lies on the mean.
    z: sigma === 0 ? 0 : (share - mean) / sigma,
    upperTail: binomialAtLeast(k, n, mean),
    lowerTail: binomialAtMost(k, n, mean),
  }
}
