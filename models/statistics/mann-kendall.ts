import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import { checkFinite } from './check-arguments.ts'

export interface MannKendallTest {
  readonly n: number
  /** Pairs that rise minus pairs that fall. */
  readonly s: number
  /** Variance of S without a trend, corrected for ties. */
  readonly variance: number
  /** z of S with continuity correction. */
  readonly zContinuity: number
  /** Kendall's tau-b between time and value. */
  readonly tau: number
  /** One-sided p of "no trend" against a fall, and against a rise. */
  readonly pDecreasing: number
  readonly pIncreasing: number
  /** True: p counts permutations. False: p is the normal approximation. */
  readonly isExact: boolean
  /** Median of the slopes of all pairs, in the values' unit per period. */
  readonly senSlope: number
}

/** Above this many points the normal approximation is good to four digits and the counting is slow. */
const LARGEST_EXACT = 100

/**
 * Mann-Kendall test of a trend in equally spaced values, and Sen's slope.
 *
 * Formula: S = sum of sign(x_j - x_i) over i < j. Without ties p is exact, from the number of permutations with
 * each count of inversions; with ties or more than 100 values p = Phi(S / sd) with var = (n(n-1)(2n+5) - sum
 * t(t-1)(2t+5)) / 18 over groups of t equal values (no continuity correction, as R's cor.test; the corrected z is
 * given beside it). Source: Mann 1945; Kendall 1975; Sen 1968.
 *
 * Null with fewer than two values or where all are equal. With three values the smallest p is 1/6 and with four
 * 1/24: ask for at least four. Throws OversightError `internal` on values that are not finite.
 */
export function mannKendall(values: readonly number[]): MannKendallTest | null {
  checkFinite(values, 'values', 'mannKendall')
  const n = values.length
  const groups = new Map<number, number>()
  for (const value of values) groups.set(value, (groups.get(value) ?? 0) + 1)
  if (n < 2 || groups.size < 2) return null
  let s = 0
  const slopes: number[] = []
  for (const [i, early] of values.entries()) {
    for (const [step, late] of values.slice(i + 1).entries()) {
      s += Math.sign(late - early)
      slopes.push((late - early) / (step + 1))
    }
  }
  const ties = [...groups.values()].filter((size) => size > 1)
  const variance =
    (n * (n - 1) * (2 * n + 5) - ties.reduce((sum, size) => sum + size * (size - 1) * (2 * size + 5), 0)) / 18
  const deviation = Math.sqrt(variance)
  const pairs = (n * (n - 1)) / 2
  const tiedPairs = ties.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  const isExact = ties.length === 0 && n <= LARGEST_EXACT
  return {
    n,
    s,
    variance,
    zContinuity: s === 0 ? 0 : (s - Math.sign(s)) / deviation,
    tau: s / Math.sqrt(pairs * (pairs - tiedPairs)),
    // The distribution is symmetric, so P(S <= s) serves both sides.
    pDecreasing: isExact ? shareOfPermutations(n, (pairs + s) / 2) : normalCdf(s / deviation, 0, 1),
    pIncreasing: isExact ? shareOfPermutations(n, (pairs - s) / 2) : normalCdf(-s / deviation, 0, 1),
    isExact,
    senSlope: median(slopes),
  }
}

/** The share of permutations of n values with at most so many pairs in rising order. */
function shareOfPermutations(n: number, risingPairs: number): number {
  // Adding the m-th value makes 0..m-1 further rising pairs, each as likely.
  let shares = [1]
  for (let m = 2; m <= n; m += 1) {
    const next = new Array<number>(shares.length + m - 1).fill(0)
    let window = 0
    for (const index of next.keys()) {
      window += (shares[index] ?? 0) - (shares[index - m] ?? 0)
      next[index] = window / m
    }
    shares = next
  }
  return Math.min(
    1,
    shares.slice(0, risingPairs + 1).reduce((sum, share) => sum + share, 0),
  )
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}
