import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import { checkInside } from './check-arguments.ts'

/**
 * Answers needed in each of two periods to show that a share did not fall by `margin` or more, if it did not move.
 *
 * Formula: n = ceil((z_alpha + z_beta)^2 2 p (1 - p) / margin^2). Source: Chow, Shao & Wang, Sample Size
 * Calculations in Clinical Research, 4.2 (non-inferiority of two proportions).
 *
 * `share` expected in both periods, `margin` as a difference of shares (0.05 = 5 points), `alpha` one-sided,
 * `power` the wanted chance to succeed; result: answers per period. Throws OversightError `internal` on a share,
 * margin, alpha or power outside 0..1.
 */
export function noninferioritySampleSize(share: number, margin: number, alpha = 0.05, power = 0.8): number {
  checkInside(share, 'share', 'noninferioritySampleSize')
  checkInside(margin, 'margin', 'noninferioritySampleSize')
  checkInside(alpha, 'alpha', 'noninferioritySampleSize')
  checkInside(power, 'power', 'noninferioritySampleSize')
  const z = normalQuantile(1 - alpha, 0, 1) + normalQuantile(power, 0, 1)
  return Math.ceil((z ** 2 * 2 * share * (1 - share)) / margin ** 2)
}
