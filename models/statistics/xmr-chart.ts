import { OversightError } from '../oversight-error.ts'
import { type ChartSignal, chartSignals } from './chart-signals.ts'
import { checkFinite } from './check-arguments.ts'

export interface XmrLimits {
  readonly mean: number
  /** Mean of the moving ranges that entered the limits. */
  readonly averageMovingRange: number
  readonly lower: number
  readonly upper: number
  /** Two thirds of the way to the process limits: beyond it lies the outer third. */
  readonly nearLower: number
  readonly nearUpper: number
}

interface XmrPoint {
  readonly value: number
  /** |value - previous value|, null for the first. */
  readonly movingRange: number | null
  /** The signal that names the point, null for common-cause variation. */
  readonly signal: ChartSignal | null
  /** Every rule that the point takes part in, in the order of the rules. */
  readonly signals: readonly ChartSignal[]
}

export interface XmrChart {
  /** Null with fewer than six points: no limits, the list of values only. */
  readonly limits: XmrLimits | null
  /** Fewer than twelve points: limits may still move. */
  readonly isTrial: boolean
  readonly points: readonly XmrPoint[]
}

export interface XmrOptions {
  /** The limits come from so many first points and then stay. Infinity: from all points. */
  readonly baselineLength?: number
  /** Leave moving ranges above 3.267 times their mean out of the limits. Stored with the chart's evidence. */
  readonly screensOutliers?: boolean
}

const MINIMUM_POINTS = 6
const FULL_BASELINE = 12

/**
 * XmR chart of equally spaced values with the four rules of NHS England's Making Data Count.
 *
 * Formula: mean of the values, mR = mean |x_t - x_(t-1)|, limits mean -+ 2.66 mR, near limits at two thirds. Optional
 * screen: moving ranges of 3.267 mR or more are dropped once. Signals: see ChartRule; "outer third" is between near
 * limit and limit, and a point on the mean breaks a run. Source: Wheeler, Understanding Variation; rules and
 * precedence as in NHSRplotthedots.
 *
 * No gaps: leave out months without a value and say so. Throws OversightError `internal` on values that are not
 * finite or a baseline shorter than six points.
 */
export function xmrChart(values: readonly number[], options: XmrOptions = {}): XmrChart {
  const { baselineLength = FULL_BASELINE, screensOutliers = true } = options
  checkFinite(values, 'values', 'xmrChart')
  if (!(baselineLength >= MINIMUM_POINTS)) {
    throw new OversightError('internal', `xmrChart needs a baseline of at least 6 points, got ${baselineLength}.`)
  }
  const isTrial = values.length < FULL_BASELINE
  const movingRanges = values.map((value, index) => (index === 0 ? null : Math.abs(value - (values[index - 1] ?? 0))))
  if (values.length < MINIMUM_POINTS) {
    return { limits: null, isTrial, points: values.map((value, index) => point(value, movingRanges[index], [])) }
  }
  const limits = xmrLimits(values.slice(0, baselineLength), screensOutliers)
  const found = findSignals(values, limits)
  return {
    limits,
    isTrial,
    points: values.map((value, index) => point(value, movingRanges[index], found[index] ?? [])),
  }
}

function point(value: number, movingRange: number | null | undefined, signals: readonly ChartSignal[]): XmrPoint {
  return { value, movingRange: movingRange ?? null, signal: signals[0] ?? null, signals }
}

function xmrLimits(baseline: readonly number[], screensOutliers: boolean): XmrLimits {
  const mean = average(baseline)
  const ranges = baseline.slice(1).map((value, index) => Math.abs(value - (baseline[index] ?? 0)))
  const first = average(ranges)
  const kept = screensOutliers ? ranges.filter((range) => range < 3.267 * first) : ranges
  // All ranges equal to zero: nothing is below 3.267 x 0, and the limits lie on the mean.
  const averageMovingRange = kept.length === 0 ? first : average(kept)
  const reach = 2.66 * averageMovingRange
  const near = ((2 * 2.66) / 3) * averageMovingRange
  return {
    mean,
    averageMovingRange,
    lower: mean - reach,
    upper: mean + reach,
    nearLower: mean - near,
    nearUpper: mean + near,
  }
}

function findSignals(values: readonly number[], limits: XmrLimits): ChartSignal[][] {
  // The mean of equal values may miss them by a last bit, and with limits on the mean all would lie outside.
  const rounding = 1e-12 * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const isBeyond = (value: number, lower: number, upper: number) => value > upper + rounding || value < lower - rounding
  return chartSignals(
    values.map((value) => ({
      value,
      side: Math.abs(value - limits.mean) <= rounding ? 0 : Math.sign(value - limits.mean),
      zone: isBeyond(value, limits.lower, limits.upper)
        ? 'outside'
        : isBeyond(value, limits.nearLower, limits.nearUpper)
          ? 'near'
          : 'inner',
    })),
  )
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
