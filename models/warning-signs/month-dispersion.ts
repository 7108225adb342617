import { laneyChart } from '../statistics/laney-chart.ts'
import type { MonthCount } from './warning-sign.ts'

/**
 * How many times more a share varies from month to month than independent contacts would, at least 1: the square of
 * Laney's sigma z. It is made of differences of neighbouring months, so a trend or a single step hardly enters it.
 */
export function monthDispersion(months: readonly MonthCount[]): number {
  const periods = months.filter(({ denominator }) => denominator > 0)
  return laneyChart(periods.map(({ numerator, denominator }) => ({ k: numerator, n: denominator }))).usedSigmaZ ** 2
}
