import { OversightError } from '../oversight-error.ts'
import { checkFinite } from './check-arguments.ts'

export interface CusumPoint {
  readonly value: number
  /** Accumulated excess above the mean, in sigma. */
  readonly above: number
  /** Accumulated shortfall below the mean, in sigma. */
  readonly below: number
  readonly isSignal: boolean
}

/** Decision interval that gives a false alarm every 370 points on average with allowance 0.5 (R spc). */
const CUSUM_INTERVAL_370 = 4.77383370688

/**
 * Two-sided tabular CUSUM: the best detector of a lasting shift of known size (2 x allowance sigma).
 *
 * Formula: with u = (x - mean) / sigma, above = max(0, above + u - allowance), below = max(0, below - u - allowance);
 * signal when either exceeds `interval`. Source: Page 1954; Montgomery, Introduction to Statistical Quality Control,
 * 9.1. The sums run on after a signal; start anew when the cause is mended.
 *
 * `mean` and `sigma` belong to the stable past. Throws OversightError `internal` where sigma or interval is not above 0
 * or the allowance is negative.
 */
export function cusumChart(
  values: readonly number[],
  {
    mean,
    sigma,
    allowance = 0.5,
    interval = CUSUM_INTERVAL_370,
  }: { mean: number; sigma: number; allowance?: number; interval?: number },
): CusumPoint[] {
  checkFinite(values, 'values', 'cusumChart')
  if (!(Number.isFinite(mean) && sigma > 0 && allowance >= 0 && interval > 0)) {
    throw new OversightError(
      'internal',
      `cusumChart needs sigma > 0, allowance >= 0 and interval > 0, got ${sigma}, ${allowance}, ${interval}.`,
    )
  }
  let above = 0
  let below = 0
  return values.map((value) => {
    const standardised = (value - mean) / sigma
    above = Math.max(0, above + standardised - allowance)
    below = Math.max(0, below - standardised - allowance)
    return { value, above, below, isSignal: above > interval || below > interval }
  })
}
