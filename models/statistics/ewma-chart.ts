import { OversightError } from '../oversight-error.ts'
import { checkFinite } from './check-arguments.ts'

export interface EwmaPoint {
  readonly value: number
  /** The exponentially weighted mean up to this point. */
  readonly ewma: number
  readonly lower: number
  readonly upper: number
  readonly isSignal: boolean
}

/** Width that gives a false alarm every 370 points on average at lambda 0.2, as a 3-sigma chart does (R spc). */
const EWMA_WIDTH_370 = 2.85896056907

/**
 * EWMA chart: finds a small lasting shift that a 3-sigma chart misses (1 sigma: 9.8 points against 43.9).
 *
 * Formula: z_t = lambda x_t + (1 - lambda) z_(t-1), z_0 = mean; limits mean -+ width sigma
 * sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^(2t))). Source: Roberts 1959; Montgomery, Introduction to Statistical
 * Quality Control, 9.2.
 *
 * `mean` and `sigma` belong to the stable past, in the values' unit. Throws OversightError `internal` where sigma is
 * not above 0 or lambda not in (0, 1].
 */
export function ewmaChart(
  values: readonly number[],
  {
    mean,
    sigma,
    lambda = 0.2,
    width = EWMA_WIDTH_370,
  }: { mean: number; sigma: number; lambda?: number; width?: number },
): EwmaPoint[] {
  checkFinite(values, 'values', 'ewmaChart')
  if (!(Number.isFinite(mean) && sigma > 0 && lambda > 0 && lambda <= 1 && width > 0)) {
    throw new OversightError(
      'internal',
      `ewmaChart needs sigma > 0, 0 < lambda <= 1 and width > 0, got ${sigma}, ${lambda}, ${width}.`,
    )
  }
  let ewma = mean
  return values.map((value, index) => {
    ewma = lambda * value + (1 - lambda) * ewma
    const reach = width * sigma * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (index + 1))))
    const lower = mean - reach
    const upper = mean + reach
    return { value, ewma, lower, upper, isSignal: ewma < lower || ewma > upper }
  })
}
