import { OversightError } from '../oversight-error.ts'
import { checkCounts, checkInside } from './check-arguments.ts'
import { wilsonLimits } from './wilson.ts'

/**
 * Difference of two independent shares, current minus reference, with one-sided bounds at `alpha` each.
 *
 * Formula: lower = d - sqrt((p1 - l1)^2 + (u2 - p2)^2), upper = d + sqrt((u1 - p1)^2 + (p2 - l2)^2), Wilson limits
 * at `alpha` on each side. Source: Newcombe 1998, Statistics in Medicine 17:873-890, method 10.
 *
 * `dispersions`: each side's overdispersion phi; its cases count as n / phi (McCullagh & Nelder 4.5). 1: independent.
 * Differences of shares, -1..1. Throws OversightError `internal` on impossible counts, or where one is empty.
 */
export function newcombeDifference(
  currentK: number,
  currentN: number,
  referenceK: number,
  referenceN: number,
  alpha: number,
  dispersions: { current: number; reference: number } = { current: 1, reference: 1 },
): { difference: number; lower: number; upper: number } {
  checkCounts(currentK, currentN, 'newcombeDifference')
  checkCounts(referenceK, referenceN, 'newcombeDifference')
  checkInside(2 * alpha, 'twice alpha', 'newcombeDifference')
  if (currentN === 0 || referenceN === 0) {
    throw new OversightError('internal', 'newcombeDifference needs cases on both sides.')
  }
  const current = currentK / currentN
  const reference = referenceK / referenceN
  const currentLimits = wilsonLimits(current, currentN / Math.max(1, dispersions.current), 1 - 2 * alpha)
  const referenceLimits = wilsonLimits(reference, referenceN / Math.max(1, dispersions.reference), 1 - 2 * alpha)
  const difference = current - reference
  return {
    difference,
    lower: difference - Math.hypot(current - currentLimits.lower, referenceLimits.upper - reference),
    upper: difference + Math.hypot(currentLimits.upper - current, reference - referenceLimits.lower),
  }
}
