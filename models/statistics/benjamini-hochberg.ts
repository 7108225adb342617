import { OversightError } from '../oversight-error.ts'

/**
 * Benjamini-Hochberg adjusted p-values: rejecting where adjusted <= q keeps the expected share of false rejections at
 * q, for independent or positively dependent tests.
 *
 * Formula: sorted ascending, adjusted_(i) = min over j >= i of min(1, m p_(j) / j). Source: Benjamini & Hochberg 1995,
 * JRSS B 57:289-300; equal to R's p.adjust(method = "BH").
 *
 * Result in the order of the input. Throws OversightError `internal` on a p outside 0..1.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const found = pValues.find((p) => !(p >= 0 && p <= 1))
  if (found !== undefined) {
    throw new OversightError('internal', `benjaminiHochberg needs p-values between 0 and 1, got ${found}.`)
  }
  const m = pValues.length
  const descending = pValues.map((p, index) => ({ p, index })).sort((left, right) => right.p - left.p)
  const adjusted = new Array<number>(m).fill(1)
  let running = 1
  for (const [position, { p, index }] of descending.entries()) {
    running = Math.min(running, (m * p) / (m - position))
    adjusted[index] = running
  }
  return adjusted
}
