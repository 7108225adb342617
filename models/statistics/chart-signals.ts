/** The four rules of Making Data Count, in the order in which they name a point. */
export type ChartRule =
  | 'outside_limits' // one point outside the process limits
  | 'seven_point_trend' // seven points rising or falling without a break
  | 'two_in_three' // two of three in the outer third, all three on the same side
  | 'seven_points_one_side' // seven points on the same side of the mean

export interface ChartSignal {
  readonly rule: ChartRule
  readonly direction: 'up' | 'down'
}

/** Where a point lies on its chart, whatever the chart. */
export interface PlacedPoint {
  readonly value: number
  /** Sign of value - mean. */
  readonly side: number
  /** outside the limits; near: in the outer third, between near limit and limit; inner. */
  readonly zone: 'outside' | 'near' | 'inner'
}

/**
 * Every signal that each point takes part in. A point on the mean breaks a run, an equal neighbour breaks a trend. Of
 * two in three only the points in the outer third carry the signal.
 *
 * Formula: the four rules, see ChartRule. Source: NHS England, Making Data Count; as in NHSRplotthedots. Values in any
 * one unit; one list of signals per point, empty for common-cause variation.
 */
export function chartSignals(points: readonly PlacedPoint[]): ChartSignal[][] {
  const sides = points.map(({ side }) => side)
  const steps = points.slice(1).map(({ value }, index) => Math.sign(value - (points[index]?.value ?? 0)))
  const trends = windowDirections(points.length, 7, (start) => sameSign(steps.slice(start, start + 6)))
  const runs = windowDirections(points.length, 7, (start) => sameSign(sides.slice(start, start + 7)))
  const pairs = windowDirections(points.length, 3, (start) =>
    points.slice(start, start + 3).filter(({ zone }) => zone === 'near').length >= 2
      ? sameSign(sides.slice(start, start + 3))
      : 0,
  )
  return points.map(({ zone, side }, index) => {
    const signals: ChartSignal[] = []
    const add = (rule: ChartRule, sign: number) => {
      if (sign !== 0) signals.push({ rule, direction: sign > 0 ? 'up' : 'down' })
    }
    add('outside_limits', zone === 'outside' ? side : 0)
    add('seven_point_trend', trends[index] ?? 0)
    add('two_in_three', zone === 'near' ? (pairs[index] ?? 0) : 0)
    add('seven_points_one_side', runs[index] ?? 0)
    return signals
  })
}

/** For each point the direction of the last window of `width` points around it that has one, else 0. */
function windowDirections(length: number, width: number, direction: (start: number) => number): number[] {
  const directions = new Array<number>(length).fill(0)
  for (let start = 0; start + width <= length; start += 1) {
    const sign = direction(start)
    if (sign !== 0) directions.fill(sign, start, start + width)
  }
  return directions
}

function sameSign(signs: readonly number[]): number {
  const first = signs[0] ?? 0
  return signs.every((sign) => sign === first) ? first : 0
}
