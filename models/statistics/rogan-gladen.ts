import { checkCounts, checkShare } from './check-arguments.ts'

export interface RoganGladenEstimate {
  /** The share of defects that reviewers reported, 0..1. */
  readonly apparent: number
  /** The share corrected for reviewers' errors; may be below 0, see `isIndistinguishable`. */
  readonly estimate: number
  /** True where so few defects were reported that reviewers' false positives alone explain them (estimate <= 0). */
  readonly isIndistinguishable: boolean
}

/**
 * The share of defects behind reviews that err, given how reviewers did on gold items.
 *
 * Formula: p = (k/n + specificity - 1) / (sensitivity + specificity - 1). Source: Rogan & Gladen 1978, American
 * Journal of Epidemiology 107:71-76. Display only, never a gate: at low prevalence the result hangs on the
 * specificity (methods.md 1.5). It is not clipped, so that the caller can say why it shows nothing.
 *
 * k reviewed items of n were called defects; shares 0..1. Null where n = 0, or where reviewers are no better than
 * chance (sensitivity + specificity <= 1). Throws OversightError `internal` on impossible counts or shares.
 */
export function roganGladen(
  k: number,
  n: number,
  sensitivity: number,
  specificity: number,
): RoganGladenEstimate | null {
  checkCounts(k, n, 'roganGladen')
  checkShare(sensitivity, 'sensitivity', 'roganGladen')
  checkShare(specificity, 'specificity', 'roganGladen')
  const informedness = sensitivity + specificity - 1
  if (n === 0 || informedness <= 0) return null
  const apparent = k / n
  const estimate = (apparent - (1 - specificity)) / informedness
  // 0.02 against 1 - 0.98 is zero but for the last bit.
  return { apparent, estimate, isIndistinguishable: estimate <= 1e-12 }
}
