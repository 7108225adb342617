import { OversightError } from '../oversight-error.ts'

/**
 * Benjamini-Yekutieli adjusted p-values: the false discovery rate holds under any dependence between the tests.
 *
 * Formula: sorted ascending, adjusted_(i) = min over j >= i of min(1, c m p_(j) / j), c = 1 + 1/2 + ... + 1/m.
 * Source: Benjamini & Yekutieli 2001, Annals of Statistics 29:1165-1188; equal to R's p.adjust(method = "BY").
 *
 * Result in the order of the input. Throws OversightError `internal` on a p outside 0..1.
 */
export function benjaminiYekutieli(pValues: readonly number[]): number[] {
  const found = pValues.find((p) => !(p >= 0 && p <= 1))
  if (found !== undefined) {
    throw new OversightError('internal', `benjaminiYekutieli needs p-values between 0 and 1, got ${found}.`)
  }
  const m = pValues.length
  let harmonic = 0
  for (let j = 1; j <= m; j += 1) harmonic += 1 / j
  const descending = pValues.map((p, index) => ({ p, index })).sort((left, right) => right.p - left.p)
  const adjusted = new Array<number>(m).fill(1)
  let running = 1
  for (const [position, { p, index }] of descending.entries()) {
    running = Math.min(running, (harmonic * m * p) / (m - position))
    adjusted[index] = running
  }
  return adjusted
}
