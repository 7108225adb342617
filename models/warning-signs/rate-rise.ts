import { newcombeDifference } from '../statistics/newcombe.ts'
import { wilsonInterval } from '../statistics/wilson.ts'
import { monthDispersion } from './month-dispersion.ts'
import { judgeMonths, type MonthCount, type WarningSign } from './warning-sign.ts'

/** The counts of several months together, with their 95 % interval. */
interface PooledRate {
  months: readonly string[]
  numerator: number
  denominator: number
  rate: number
  lower: number
  upper: number
}

export interface RateRise {
  earlier: PooledRate
  later: PooledRate
  /** Later minus earlier, with one-sided bounds at the level of the detector, widened by the dispersion. */
  difference: number
  lower: number
  upper: number
  /** How many times more months vary than independent contacts would; 1 or more. */
  dispersion: number
}

/** The newest months against as many as a year before them. */
const laterMonths = 3
const mostEarlierMonths = 12
/** Fewer have no limits: methods.md section 3. */
const leastMonths = 6
/** Contacts on either side. */
const leastContacts = 30
/** One-sided level of a single look, found by `npm run bench -- warnings`: twelve looks a year overlap. */
const alpha = 0.001
/** A rise smaller than this is not worth a warning, however sure it is. */
const leastRise = 0.01

/**
 * Whether a rate rose: the newest three closed months pooled against up to twelve before them, Newcombe's lower bound
 * above 0 after widening it by how much months vary, and a rise of a point or more. Months without contacts are left out;
 * without a last month nothing fires. Shares 0..1.
 */
export function detectRateRise(months: readonly MonthCount[]): WarningSign<RateRise> {
  return judgeMonths(months, judgeRise)
}

function judgeRise(months: readonly MonthCount[]): { isFired: boolean; evidence: RateRise } | null {
  if ((months.at(-1)?.denominator ?? 0) === 0) return null
  const measured = months.filter(({ denominator }) => denominator > 0).slice(-laterMonths - mostEarlierMonths)
  if (measured.length < leastMonths) return null
  const earlier = pooled(measured.slice(0, -laterMonths))
  const later = pooled(measured.slice(-laterMonths))
  if (Math.min(earlier.denominator, later.denominator) < leastContacts) return null
  const dispersion = monthDispersion(measured)
  const bounds = newcombeDifference(later.numerator, later.denominator, earlier.numerator, earlier.denominator, alpha)
  const { difference } = bounds
  const lower = difference - (difference - bounds.lower) * Math.sqrt(dispersion)
  const upper = difference + (bounds.upper - difference) * Math.sqrt(dispersion)
  return {
    isFired: lower > 0 && difference >= leastRise,
    evidence: { earlier, later, difference, lower, upper, dispersion },
  }
}

function pooled(months: readonly MonthCount[]): PooledRate {
  const numerator = months.reduce((sum, month) => sum + month.numerator, 0)
  const denominator = months.reduce((sum, month) => sum + month.denominator, 0)
  return {
    months: months.map(({ month }) => month),
    numerator,
    denominator,
    rate: numerator / denominator,
    ...wilsonInterval(numerator, denominator),
  }
}
