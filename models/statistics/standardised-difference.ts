import { OversightError } from '../oversight-error.ts'
import { combineRates } from './combine-rates.ts'
import { directStandardisation, type StandardCell } from './direct-standardisation.ts'
import { wilsonInterval } from './wilson.ts'

/** One cell (a channel, say) in both periods, with its weight in the fixed standard mix. */
export interface ComparedCell {
  readonly weight: number
  readonly current: { readonly k: number; readonly n: number }
  readonly reference: { readonly k: number; readonly n: number }
}

export interface StandardisedDifference {
  readonly current: number
  readonly reference: number
  readonly difference: number
  readonly lower: number
  readonly upper: number
}

/**
 * Difference of two shares at one fixed mix of cells, current minus reference, with one-sided bounds at `alpha` each.
 *
 * Formula: both sides directly standardised; their limits recovered from the Wilson limits of the cells, then those of
 * the difference from theirs. Source: MOVER, Zou & Donner 2008; Newcombe 1998, Statistics in Medicine 17:873-890,
 * method 10. With one cell it is `newcombeDifference`.
 *
 * Differences of shares, -1..1. Throws OversightError `internal` on impossible counts, without any weight, or where a
 * cell with weight is empty on either side.
 */
export function standardisedDifference(cells: readonly ComparedCell[], alpha: number): StandardisedDifference {
  const current = standardisedSide(
    cells.map(({ weight, current: { k, n } }) => ({ weight, k, n })),
    alpha,
  )
  const reference = standardisedSide(
    cells.map(({ weight, reference: { k, n } }) => ({ weight, k, n })),
    alpha,
  )
  const difference = current.share - reference.share
  return {
    current: current.share,
    reference: reference.share,
    difference,
    lower: difference - Math.hypot(current.share - current.lower, reference.upper - reference.share),
    upper: difference + Math.hypot(current.upper - current.share, reference.share - reference.lower),
  }
}

function standardisedSide(cells: readonly StandardCell[], alpha: number) {
  const { standardised } = directStandardisation(cells)
  const limits = combineRates(
    cells
      .filter(({ weight, n }) => weight > 0 && n > 0)
      .map(({ weight, k, n }) => ({ population: weight, rate: k / n, ...wilsonInterval(k, n, 1 - 2 * alpha) })),
  )
  if (standardised === null || limits === undefined) {
    throw new OversightError('internal', 'standardisedDifference needs cases in every cell with weight.')
  }
  return { share: standardised, lower: limits.lower, upper: limits.upper }
}
