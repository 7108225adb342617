import betaQuantile from '@stdlib/stats-base-dists-beta-quantile'
import { OversightError } from '../oversight-error.ts'
import { checkInside } from './check-arguments.ts'

/**
 * Exact one-sided upper bound of a share: the largest true share under which k or fewer of n are not rarer than
 * `alpha`.
 *
 * Formula: BetaInv(1 - alpha; k + 1, n - k), 1 where k = n. Source: Clopper & Pearson 1934, Biometrika 26:404-413.
 * Shares 0..1; n = 0 gives 1. Counts may be fractions, as counts shrunk for overdispersion are. Throws OversightError `internal` on impossible counts.
 */
export function clopperPearsonUpper(k: number, n: number, alpha: number): number {
  checkRealCounts(k, n, 'clopperPearsonUpper')
  checkInside(alpha, 'alpha', 'clopperPearsonUpper')
  return k === n ? 1 : betaQuantile(1 - alpha, k + 1, n - k)
}

/** Exact one-sided lower bound: BetaInv(alpha; k, n - k + 1), 0 where k = 0. See clopperPearsonUpper. */
export function clopperPearsonLower(k: number, n: number, alpha: number): number {
  checkRealCounts(k, n, 'clopperPearsonLower')
  checkInside(alpha, 'alpha', 'clopperPearsonLower')
  return k === 0 ? 0 : betaQuantile(alpha, k, n - k + 1)
}

/** Exact two-sided interval, half of the error on each side. See clopperPearsonUpper. */
export function clopperPearsonInterval(k: number, n: number, confidence = 0.95): { lower: number; upper: number } {
  checkInside(confidence, 'confidence', 'clopperPearsonInterval')
  const tail = (1 - confidence) / 2
  return { lower: clopperPearsonLower(k, n, tail), upper: clopperPearsonUpper(k, n, tail) }
}

function checkRealCounts(k: number, n: number, where: string): void {
  if (!(k >= 0 && k <= n && Number.isFinite(n))) {
    throw new OversightError('internal', `${where} needs counts with 0 <= k <= n, got k = ${k} and n = ${n}.`)
  }
}
