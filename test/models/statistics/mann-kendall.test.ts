import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { mannKendall } from '#models/statistics/mann-kendall.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows, text } from './oracle.ts'

/** Every order of the values. */
function permutations(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]]
  return values.flatMap((value, index) =>
    permutations(values.filter((_, other) => other !== index)).map((rest) => [value, ...rest]),
  )
}

describe('mannKendall', () => {
  it('of four falling values is 1/24, the least that four can show', () => {
    const found = mannKendall([9, 8, 7, 5])
    expect(found).toMatchObject({ s: -6, isExact: true, tau: -1 })
    expectClose(found?.pDecreasing, 1 / 24, 1e-15)
    expectClose(found?.pIncreasing, 1, 1e-12)
    expectClose(found?.senSlope, -7 / 6, 1e-12)
  })

  it('counts permutations', () => {
    const orders = permutations([1, 2, 3, 4, 5])
    const scores = orders.map((order) => mannKendall(order)?.s ?? Number.NaN)
    for (const order of orders.slice(0, 30)) {
      const found = mannKendall(order)
      const share = scores.filter((s) => s <= (found?.s ?? 0)).length / orders.length
      expectClose(found?.pDecreasing, share, 1e-12)
    }
  })

  it('agrees with the normal approximation for long series', () => {
    const values = Array.from({ length: 90 }, (_, index) => Math.sin(index * 12.9898) * 43758.5453 + index * 60)
    const found = mannKendall(values)
    expect(found?.isExact).toBe(true)
    const long = mannKendall([...values, values[0] ?? 0])
    expect(long?.isExact).toBe(false)
    expectClose(found?.pIncreasing, long?.pIncreasing ?? -1, 0.02)
  })

  it('has nothing to test in fewer than two values or in values that are all equal', () => {
    expect(mannKendall([1])).toBeNull()
    expect(mannKendall([2, 2, 2])).toBeNull()
    expect(() => mannKendall([1, Number.POSITIVE_INFINITY])).toThrow(OversightError)
  })

  it('turns with the direction of time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 30 }), (values) => {
        const forwards = mannKendall(values)
        const backwards = mannKendall([...values].reverse())
        expect(backwards?.s).toBe(forwards === null ? undefined : 0 - forwards.s)
        if (forwards !== null) expectClose(backwards?.pIncreasing, forwards.pDecreasing, 1e-12)
      }),
    )
  })
})

describeOracle('mann_kendall.csv', () => {
  it.each(oracleRows('mann_kendall'))('$series', (row) => {
    const found = mannKendall(text(row, 'y').split(' ').map(Number))
    expect(found?.s).toBe(num(row, 'S'))
    expect(found?.isExact).toBe(row.p_is_exact === 'TRUE')
    expectClose(found?.variance, num(row, 'var_S'), CLOSED_FORM)
    expectClose(found?.zContinuity, num(row, 'z_continuity'), CLOSED_FORM)
    expectClose(found?.tau, num(row, 'kendall_tau'), CLOSED_FORM)
    expectClose(found?.pDecreasing, num(row, 'p_decreasing'), CLOSED_FORM)
    expectClose(found?.pIncreasing, num(row, 'p_increasing'), CLOSED_FORM)
    expectClose(found?.senSlope, num(row, 'sen_slope'), CLOSED_FORM)
  })
})
