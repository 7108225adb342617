import { checkPairCounts, type PairCounts } from './specific-agreement.ts'

export interface AdjustedAgreement {
  /** Share of items on which the two agree. */
  readonly agreement: number
  /** Prevalence- and bias-adjusted kappa, -1..1. */
  readonly pabak: number
  /** (both - neither) / n: near -1 where defects are rare, which is where kappa collapses. */
  readonly prevalenceIndex: number
  /** (firstOnly - secondOnly) / n: above 0 where the first reviewer sees more defects. */
  readonly biasIndex: number
}

/**
 * Agreement of two reviewers with kappa's dependence on prevalence and bias taken out, and both shown.
 *
 * Formula: 2 p_o - 1. Source: Byrt, Bishop & Carlin 1993, Journal of Clinical Epidemiology 46:423-429. Null without an
 * item. Throws OversightError `internal` on impossible counts.
 */
export function pabak(counts: PairCounts): AdjustedAgreement | null {
  checkPairCounts(counts, 'pabak')
  const { both, firstOnly, secondOnly, neither } = counts
  const n = both + firstOnly + secondOnly + neither
  if (n === 0) return null
  const agreement = (both + neither) / n
  return {
    agreement,
    pabak: 2 * agreement - 1,
    prevalenceIndex: (both - neither) / n,
    biasIndex: (firstOnly - secondOnly) / n,
  }
}
