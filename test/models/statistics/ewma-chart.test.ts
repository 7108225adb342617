import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { ewmaChart } from '#models/statistics/ewma-chart.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('ewmaChart', () => {
  it('moves a fifth of the way to each value', () => {
    const points = ewmaChart([90, 80], { mean: 85, sigma: 2 })
    expectClose(points[0]?.ewma, 86, 1e-12)
    expectClose(points[1]?.ewma, 84.8, 1e-12)
  })

  it('with lambda 1 is a chart of single values with limits of width sigma', () => {
    const [point] = ewmaChart([92], { mean: 85, sigma: 2, lambda: 1, width: 3 })
    expect(point).toEqual({ value: 92, ewma: 92, lower: 79, upper: 91, isSignal: true })
  })

  it('never leaves the range of mean and values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 40 }), (values) => {
        for (const { ewma } of ewmaChart(values, { mean: 50, sigma: 5 })) {
          expect(ewma).toBeGreaterThanOrEqual(Math.min(50, ...values) - 1e-9)
          expect(ewma).toBeLessThanOrEqual(Math.max(50, ...values) + 1e-9)
        }
      }),
    )
  })

  it('refuses a spread of nothing', () => {
    expect(() => ewmaChart([1], { mean: 1, sigma: 0 })).toThrow(OversightError)
  })
})

describeOracle('ewma_cusum.csv', () => {
  it('EWMA of the series with its limits and signals', () => {
    const rows = oracleRows('ewma_cusum')
    const points = ewmaChart(
      rows.map((row) => num(row, 'y')),
      { mean: num(rows[0], 'mu0'), sigma: num(rows[0], 'sigma') },
    )
    for (const [index, row] of rows.entries()) {
      expectClose(points[index]?.ewma, num(row, 'ewma'), CLOSED_FORM)
      expectClose(points[index]?.upper, num(row, 'ewma_ucl'), CLOSED_FORM)
      expectClose(points[index]?.lower, num(row, 'ewma_lcl'), CLOSED_FORM)
      expect(points[index]?.isSignal).toBe(row.ewma_signal === 'TRUE')
    }
  })
})
