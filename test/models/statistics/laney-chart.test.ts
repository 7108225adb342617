import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { laneyChart } from '#models/statistics/laney-chart.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, groupRows, num, oracleRows } from './oracle.ts'

const period = fc.integer({ min: 0, max: 400 }).chain((n) => fc.nat(n).map((k) => ({ k, n })))

describe('laneyChart', () => {
  it('measures the variation between periods: 20, 30, 20 of 100 each', () => {
    // Pooled 7/30; z differ by 0.1 / sigma twice.
    const sigma = Math.sqrt((7 / 30) * (23 / 30) * 0.01)
    const chart = laneyChart([20, 30, 20].map((k) => ({ k, n: 100 })))
    expectClose(chart.mean, 7 / 30, 1e-12)
    expectClose(chart.sigmaZ, 0.1 / sigma / 1.128, 1e-12)
    expectClose(chart.points[0]?.upper, 7 / 30 + 3 * sigma * (chart.sigmaZ ?? 0), 1e-12)
  })

  it('never draws limits narrower than chance alone does, unless told to', () => {
    const steady = Array.from({ length: 8 }, () => ({ k: 10, n: 100 }))
    expect(laneyChart(steady).usedSigmaZ).toBe(1)
    expect(laneyChart(steady, 0).usedSigmaZ).toBe(0)
  })

  it('passes over empty periods and has nothing to draw without cases', () => {
    const chart = laneyChart([
      { k: 1, n: 10 },
      { k: 0, n: 0 },
      { k: 2, n: 10 },
    ])
    expect(chart.points[1]).toMatchObject({ share: null, upper: null, isOutside: false })
    expect(chart.sigmaZ).toBeGreaterThan(0)
    expect(laneyChart([])).toEqual({ mean: null, sigmaZ: null, usedSigmaZ: 1, points: [] })
    expect(laneyChart([{ k: 0, n: 9 }]).points[0]).toMatchObject({ share: 0, z: 0, lower: 0, upper: 0 })
    expect(() => laneyChart([{ k: 2, n: 1 }])).toThrow(OversightError)
  })

  it('keeps the mean within the limits and the limits within 0..1', () => {
    fc.assert(
      fc.property(fc.array(period, { maxLength: 20 }), (periods) => {
        const { mean, points } = laneyChart(periods)
        for (const { lower, upper } of points) {
          if (mean === null || lower === null || upper === null) continue
          expect(0 <= lower && lower <= mean && mean <= upper && upper <= 1).toBe(true)
        }
      }),
    )
  })
})

describeOracle('laney_p.csv', () => {
  it.each([...groupRows(oracleRows('laney_p'), 'series')])('%s', (_, rows) => {
    const periods = rows.map((row) => ({ k: num(row, 'k'), n: num(row, 'n') }))
    const chart = laneyChart(periods)
    const plain = laneyChart(periods, 0)
    for (const [index, row] of rows.entries()) {
      const point = chart.points[index]
      expectClose(chart.mean, num(row, 'p_bar'), CLOSED_FORM)
      expectClose(chart.sigmaZ, num(row, 'sigma_z'), CLOSED_FORM)
      expectClose(point?.share, num(row, 'p'), CLOSED_FORM)
      expectClose(point?.sigma, num(row, 'sigma_p'), CLOSED_FORM)
      expectClose(point?.z, num(row, 'z'), CLOSED_FORM)
      expectClose(point?.upper, num(row, 'laney_ucl_floor1'), CLOSED_FORM)
      expectClose(plain.points[index]?.upper, num(row, 'laney_ucl'), CLOSED_FORM)
      expectClose(plain.points[index]?.lower, num(row, 'laney_lcl'), CLOSED_FORM)
      expect(plain.points[index]?.isOutside).toBe(row.out_laney === 'TRUE')
      expectClose(point?.upperTail, num(row, 'exact_upper_tail'), CLOSED_FORM)
      expectClose(point?.lowerTail, num(row, 'exact_lower_tail'), CLOSED_FORM)
    }
  })
})
