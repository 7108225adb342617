import { OversightError } from '../oversight-error.ts'

/**
 * Holm's adjusted p-values: reject where adjusted <= alpha keeps the chance of any false rejection at alpha.
 *
 * Formula: sorted ascending, adjusted_(i) = max over j <= i of min(1, (m - j + 1) p_(j)). Source: Holm 1979,
 * Scandinavian Journal of Statistics 6:65-70; equal to R's p.adjust(method = "holm").
 *
 * Result in the order of the input. Throws OversightError `internal` on a p outside 0..1.
 */
export function holm(pValues: readonly number[]): number[] {
  const found = pValues.find((p) => !(p >= 0 && p <= 1))
  if (found !== undefined) throw new OversightError('internal', `holm needs p-values between 0 and 1, got ${found}.`)
  const ascending = pValues.map((p, index) => ({ p, index })).sort((left, right) => left.p - right.p)
  const adjusted = new Array<number>(pValues.length).fill(1)
  let running = 0
  for (const [rank, { p, index }] of ascending.entries()) {
    running = Math.max(running, Math.min(1, (pValues.length - rank) * p))
    adjusted[index] = running
  }
  return adjusted
}
