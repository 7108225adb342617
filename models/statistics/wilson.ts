import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import { checkCounts, checkInside } from './check-arguments.ts'

/**
 * Wilson's score interval of a share: k of n had the property. For display; a gate uses Clopper-Pearson.
 *
 * Formula: (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), z two-sided. Source: Wilson 1927, JASA
 * 22:209-212; Brown, Cai & DasGupta 2001.
 *
 * Units: `confidence` two-sided; shares 0..1. n = 0 gives the whole interval 0..1.
 * Throws OversightError `internal` on impossible counts.
 */
export function wilsonInterval(k: number, n: number, confidence = 0.95): { lower: number; upper: number } {
  checkCounts(k, n, 'wilsonInterval')
  if (n === 0) return { lower: 0, upper: 1 }
  return wilsonLimits(k / n, n, confidence)
}

/** The same of a share of n cases, where n may be an effective number that is no integer. n above 0. */
export function wilsonLimits(share: number, n: number, confidence: number): { lower: number; upper: number } {
  checkInside(confidence, 'confidence', 'wilsonInterval')
  const z = normalQuantile(1 - (1 - confidence) / 2, 0, 1)
  const scale = 1 + z ** 2 / n
  const centre = (share + z ** 2 / (2 * n)) / scale
  const reach = (z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))) / scale
  // At 0 and 1 the limit is exact; rounding would leave a last bit beyond it.
  return { lower: share === 0 ? 0 : Math.max(0, centre - reach), upper: share === 1 ? 1 : Math.min(1, centre + reach) }
}
