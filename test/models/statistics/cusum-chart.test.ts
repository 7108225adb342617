import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { cusumChart } from '#models/statistics/cusum-chart.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('cusumChart', () => {
  it('adds up what exceeds half a sigma on either side and forgets what does not', () => {
    // 2, 1 and -2 sigma from the mean.
    const points = cusumChart([89, 87, 81], { mean: 85, sigma: 2 })
    expect(points.map(({ above }) => above)).toEqual([1.5, 2, 0])
    expect(points.map(({ below }) => below)).toEqual([0, 0, 1.5])
  })

  it('signals a lasting shift of one sigma that no single point shows', () => {
    const points = cusumChart(Array(12).fill(87), { mean: 85, sigma: 2 })
    expect(points.findIndex(({ isSignal }) => isSignal)).toBe(9)
  })

  it('mirrors around the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 })), (values) => {
        const upright = cusumChart(values, { mean: 0, sigma: 3 })
        const mirrored = cusumChart(
          values.map((value) => -value),
          { mean: 0, sigma: 3 },
        )
        expect(mirrored.map(({ below }) => below)).toEqual(upright.map(({ above }) => above))
      }),
    )
  })

  it('refuses a spread of nothing', () => {
    expect(() => cusumChart([1], { mean: 1, sigma: 0 })).toThrow(OversightError)
  })
})

describeOracle('ewma_cusum.csv', () => {
  it('CUSUM of the series', () => {
    const rows = oracleRows('ewma_cusum')
    const points = cusumChart(
      rows.map((row) => num(row, 'y')),
      { mean: num(rows[0], 'mu0'), sigma: num(rows[0], 'sigma') },
    )
    for (const [index, row] of rows.entries()) {
      expectClose(points[index]?.above, num(row, 'cusum_plus'), CLOSED_FORM)
      expectClose(points[index]?.below, num(row, 'cusum_minus'), CLOSED_FORM)
      expect(points[index]?.isSignal).toBe(row.cusum_signal === 'TRUE')
    }
  })
})
