import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import type { ChartSignal } from '#models/statistics/chart-signals.ts'
import { xmrChart } from '#models/statistics/xmr-chart.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, groupRows, num, oracleRows } from './oracle.ts'

const all = { baselineLength: Number.POSITIVE_INFINITY, screensOutliers: false }

/** The name that the reference package gives to a point. */
function nhsLabel(signal: ChartSignal | null | undefined): string {
  if (signal === null || signal === undefined) return 'Common Cause'
  const isUp = signal.direction === 'up'
  switch (signal.rule) {
    case 'outside_limits':
      return isUp ? 'Above UCL' : 'Below LCL'
    case 'seven_point_trend':
      return `7 Point Trend (${isUp ? 'In' : 'De'}creasing)`
    case 'two_in_three':
      return `2 in 3 ${isUp ? 'Above' : 'Below'} CL`
    case 'seven_points_one_side':
      return `7 Points ${isUp ? 'Above' : 'Below'} CL`
  }
}

describe('xmrChart', () => {
  it('puts limits 2.66 mean moving ranges from the mean', () => {
    // Moving ranges 2, 2, 2, 2, 2; mean 11.
    const chart = xmrChart([10, 12, 10, 12, 10, 12], all)
    expect(chart.limits?.mean).toBe(11)
    expect(chart.limits?.averageMovingRange).toBe(2)
    expectClose(chart.limits?.upper, 16.32, 1e-12)
    expectClose(chart.limits?.nearLower, 11 - 5.32 * (2 / 3), 1e-12)
    expect(chart.points.every(({ signal }) => signal === null)).toBe(true)
    expect(chart.isTrial).toBe(true)
  })

  it('draws no limits and claims no signal with fewer than six points', () => {
    const chart = xmrChart([1, 2, 3, 4, 100])
    expect(chart.limits).toBeNull()
    expect(chart.points.map(({ movingRange }) => movingRange)).toEqual([null, 1, 1, 1, 96])
    expect(chart.points.every(({ signals }) => signals.length === 0)).toBe(true)
    expect(xmrChart([]).points).toEqual([])
  })

  it('keeps the limits of the first twelve points, so that a later shift cannot hide itself', () => {
    const stable = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9]
    const shifted = [...stable, 13, 13.5, 13, 13.5, 13, 13.5, 13]
    const chart = xmrChart(shifted)
    expect(chart.limits).toEqual(xmrChart(stable).limits)
    expect(chart.points.at(-1)?.signals).toContainEqual({ rule: 'seven_points_one_side', direction: 'up' })
  })

  it('names every rule that a point takes part in, the strongest first', () => {
    const chart = xmrChart([5, 5.1, 4.9, 5, 5.1, 4.9, 5, 5.1, 4.9, 5, 5.1, 4.9, 5, 5.2, 5.4, 5.6, 5.8, 6, 6.2])
    expect(chart.points.at(-1)?.signals.map(({ rule }) => rule)).toEqual(['outside_limits', 'seven_point_trend'])
  })

  it('lets a point on the mean break a run', () => {
    const flat = xmrChart([5, 5, 5, 5, 5, 5, 5, 5])
    expect(flat.limits).toMatchObject({ lower: 5, upper: 5 })
    expect(flat.points.every(({ signal }) => signal === null)).toBe(true)
  })

  it('says nothing of equal values, whose mean may miss them by a last bit', () => {
    const shares = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 6, max: 24 }))
    fc.assert(
      fc.property(shares, ([thousandths, length]) => {
        const still = xmrChart(Array.from({ length }, () => thousandths / 1000))
        expect(still.points.flatMap(({ signals }) => signals)).toEqual([])
      }),
    )
  })

  it('mirrors: turning the values upside down turns the signals upside down', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 24 })
    fc.assert(
      fc.property(values, (series) => {
        const upright = xmrChart(series).points.map(({ signals }) => signals)
        const mirrored = xmrChart(series.map((value) => -value)).points.map(({ signals }) =>
          signals.map(({ rule, direction }) => ({ rule, direction: direction === 'up' ? 'down' : 'up' })),
        )
        expect(mirrored).toEqual(upright)
      }),
    )
  })

  it('refuses values that are no numbers and a baseline too short for limits', () => {
    expect(() => xmrChart([1, Number.NaN])).toThrow(OversightError)
    expect(() => xmrChart([1, 2], { baselineLength: 5 })).toThrow(OversightError)
  })
})

describeOracle('xmr_nhs.csv', () => {
  it.each([...groupRows(oracleRows('xmr_nhs'), 'series', 'screen_outliers')])('%s', (name, rows) => {
    const chart = xmrChart(
      rows.map((row) => num(row, 'y')),
      { baselineLength: Number.POSITIVE_INFINITY, screensOutliers: name.endsWith('TRUE') },
    )
    expect(chart.isTrial).toBe(rows[0]?.trial_limits === 'TRUE')
    expectClose(chart.limits?.mean, num(rows[0], 'mean'), CLOSED_FORM)
    expectClose(chart.limits?.averageMovingRange, num(rows[0], 'avg_mr'), CLOSED_FORM)
    expectClose(chart.limits?.lower, num(rows[0], 'lpl'), CLOSED_FORM)
    expectClose(chart.limits?.upper, num(rows[0], 'upl'), CLOSED_FORM)
    expectClose(chart.limits?.nearLower, num(rows[0], 'near_lpl'), CLOSED_FORM)
    expectClose(chart.limits?.nearUpper, num(rows[0], 'near_upl'), CLOSED_FORM)
    expect(chart.points.map(({ signal }) => nhsLabel(signal))).toEqual(rows.map((row) => row.special_cause_type))
  })
})
