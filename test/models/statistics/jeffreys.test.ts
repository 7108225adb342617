import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { jeffreysInterval, jeffreysLower, jeffreysUpper } from '#models/statistics/jeffreys.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

const counts = fc.integer({ min: 1, max: 2000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

describe('jeffreysInterval', () => {
  it('of 2 in 100 is 0.004179 to 0.062606', () => {
    const { lower, upper } = jeffreysInterval(2, 100)
    expectClose(lower, 0.004179, 5e-7)
    expectClose(upper, 0.062606, 5e-7)
  })

  it('reaches 0 with no hit, 1 with hits only, and is everything with no case', () => {
    expect(jeffreysInterval(0, 30).lower).toBe(0)
    expect(jeffreysInterval(30, 30).upper).toBe(1)
    expect(jeffreysInterval(0, 0)).toEqual({ lower: 0, upper: 1 })
  })

  it('contains the observed share', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const { lower, upper } = jeffreysInterval(k, n)
        return lower <= k / n && k / n <= upper
      }),
    )
  })

  it('rises with the number of hits', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        fc.pre(k < n)
        return jeffreysUpper(k + 1, n, 0.05) > jeffreysUpper(k, n, 0.05)
      }),
    )
  })

  it('refuses counts that cannot be', () => {
    expect(() => jeffreysInterval(3, 2)).toThrow(OversightError)
    expect(() => jeffreysInterval(-1, 2)).toThrow(OversightError)
    expect(() => jeffreysInterval(0.5, 2)).toThrow(OversightError)
  })
})

describeOracle('jeffreys.csv', () => {
  it.each(oracleRows('jeffreys'))('$k of $n at $conf_level', (row) => {
    const [k, n, confidence] = [num(row, 'k'), num(row, 'n'), num(row, 'conf_level')]
    const interval = jeffreysInterval(k, n, confidence)
    expectClose(interval.lower, num(row, 'lower_bcd'), CLOSED_FORM)
    expectClose(interval.upper, num(row, 'upper_bcd'), CLOSED_FORM)
    expectClose(jeffreysLower(k, n, (1 - confidence) / 2), num(row, 'lower_raw'), CLOSED_FORM)
    expectClose(jeffreysUpper(k, n, (1 - confidence) / 2), num(row, 'upper_raw'), CLOSED_FORM)
    expectClose(jeffreysLower(k, n, 1 - confidence), num(row, 'lower_one_sided'), CLOSED_FORM)
    expectClose(jeffreysUpper(k, n, 1 - confidence), num(row, 'upper_one_sided'), CLOSED_FORM)
  })
})
