import { OversightError } from '../oversight-error.ts'
import { checkCounts } from './check-arguments.ts'

export interface StandardCell {
  /** Weight of the cell (a channel, say) in the fixed standard mix; any scale, made to sum to 1 here. */
  readonly weight: number
  readonly k: number
  readonly n: number
}

export interface StandardisedShare {
  /** All k over all n: moves when the mix moves. */
  readonly crude: number | null
  /** The share at the fixed mix, null where a cell with weight has no case. */
  readonly standardised: number | null
  readonly standardError: number | null
}

/**
 * A share at a fixed mix of cells, so that a change of mix is not taken for a change of quality (Simpson).
 *
 * Formula: sum w_c k_c / n_c, standard error sqrt(sum w_c^2 p_c (1 - p_c) / n_c), sum w_c = 1. Source: direct
 * standardisation, Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, ch. 19.
 *
 * Shares 0..1. Throws OversightError `internal` on impossible counts, negative weights or no weight at all.
 */
export function directStandardisation(cells: readonly StandardCell[]): StandardisedShare {
  for (const { k, n, weight } of cells) {
    checkCounts(k, n, 'directStandardisation')
    if (!(weight >= 0 && Number.isFinite(weight))) {
      throw new OversightError('internal', `directStandardisation needs weights of at least 0, got ${weight}.`)
    }
  }
  const totalWeight = cells.reduce((sum, { weight }) => sum + weight, 0)
  if (totalWeight === 0) throw new OversightError('internal', 'directStandardisation needs a cell with weight.')
  const n = cells.reduce((sum, cell) => sum + cell.n, 0)
  const crude = n === 0 ? null : cells.reduce((sum, cell) => sum + cell.k, 0) / n
  const weighted = cells.filter(({ weight }) => weight > 0)
  if (weighted.some((cell) => cell.n === 0)) return { crude, standardised: null, standardError: null }
  let standardised = 0
  let variance = 0
  for (const cell of weighted) {
    const weight = cell.weight / totalWeight
    const share = cell.k / cell.n
    standardised += weight * share
    variance += (weight ** 2 * share * (1 - share)) / cell.n
  }
  return { crude, standardised, standardError: Math.sqrt(variance) }
}
