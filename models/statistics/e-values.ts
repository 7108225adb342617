import { OversightError } from '../oversight-error.ts'
import { checkCounts, checkInside } from './check-arguments.ts'

/** Alternatives below the limit, as multiples of it, each with weight 1/4. */
const GO_MULTIPLES = [0.1, 0.25, 0.5, 0.75]
/** Alternatives above the limit. */
const HARM_MULTIPLES = [1.5, 2, 3, 5]

/**
 * Evidence that the share is below the limit, readable at any time and as often as one likes.
 *
 * Formula: E = mean over q of (q / L)^k ((1 - q) / (1 - L))^(n - k), q = L (0.1, 0.25, 0.5, 0.75). Under
 * "share >= L" it is a non-negative supermartingale that starts at 1, so P(it ever reaches 1 / alpha) <= alpha.
 * Source: Ville 1939; Waudby-Smith & Ramdas, arXiv 2006.04347.
 *
 * `k` of `n` cumulative since the start, from one random stratum or a simple random sample. n = 0 gives 1, no
 * evidence. Throws OversightError `internal` on impossible counts or a limit outside 0..1.
 */
export function goEValue(k: number, n: number, limit: number): number {
  checkCounts(k, n, 'goEValue')
  checkInside(limit, 'limit', 'goEValue')
  return mixture(
    k,
    n,
    limit,
    GO_MULTIPLES.map((multiple) => multiple * limit),
  )
}

/**
 * Evidence that the share is above the limit: the statistic of the stop, which may be read daily.
 *
 * Formula: as `goEValue` with q = min(0.95, L (1.5, 2, 3, 5)), under "share <= L". Start it anew each month: a long
 * good past would hide a change. Throws OversightError `internal` on impossible counts or a limit outside
 * 0..0.95.
 */
export function harmEValue(k: number, n: number, limit: number): number {
  checkCounts(k, n, 'harmEValue')
  checkInside(limit, 'limit', 'harmEValue')
  // Above 0.95 the alternatives would lie below the limit and the guarantee would be gone.
  if (limit >= 0.95) throw new OversightError('internal', `harmEValue needs a limit below 0.95, got ${limit}.`)
  return mixture(
    k,
    n,
    limit,
    HARM_MULTIPLES.map((multiple) => Math.min(0.95, multiple * limit)),
  )
}

export interface EvidencePoint {
  readonly cumulativeK: number
  readonly cumulativeN: number
  readonly go: number
  readonly harm: number
  /** The largest `go` so far. */
  readonly highestGo: number
  /** p that holds at whatever moment one looks: min(1, 1 / highestGo). */
  readonly anytimeP: number
}

/** Both e-values after each period of a series, cumulative from its start. Periods hold their own k and n. */
export function evidenceSeries(
  periods: readonly { readonly k: number; readonly n: number }[],
  limit: number,
): EvidencePoint[] {
  let cumulativeK = 0
  let cumulativeN = 0
  // Before the first observation the evidence is 1, but as a level ever reached it must be seen, not assumed.
  let highestGo = 0
  return periods.map(({ k, n }) => {
    checkCounts(k, n, 'evidenceSeries')
    cumulativeK += k
    cumulativeN += n
    const go = goEValue(cumulativeK, cumulativeN, limit)
    highestGo = Math.max(highestGo, go)
    return {
      cumulativeK,
      cumulativeN,
      go,
      harm: harmEValue(cumulativeK, cumulativeN, limit),
      highestGo,
      anytimeP: Math.min(1, 1 / highestGo),
    }
  })
}

function mixture(k: number, n: number, limit: number, alternatives: readonly number[]): number {
  const total = alternatives.reduce((sum, q) => {
    // In logarithms, since the factors leave the range of doubles long before their product does.
    const log = k * Math.log(q / limit) + (n - k) * (Math.log1p(-q) - Math.log1p(-limit))
    return sum + Math.exp(log)
  }, 0)
  return total / alternatives.length
}
