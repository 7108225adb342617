import binomialPmf from '@stdlib/stats-base-dists-binomial-pmf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { evidenceSeries, goEValue, harmEValue } from '#models/statistics/e-values.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, groupRows, num, oracleRows } from './oracle.ts'

/** E[e-value] after n reviews when the share is `share`, by summing over every outcome. */
function expectation(eValue: (k: number, n: number, limit: number) => number, n: number, share: number, limit: number) {
  let total = 0
  for (let k = 0; k <= n; k += 1) total += binomialPmf(k, n, share) * eValue(k, n, limit)
  return total
}

describe('goEValue and harmEValue', () => {
  it('are 1 before any review', () => {
    expect(goEValue(0, 0, 0.05)).toBe(1)
    expect(harmEValue(0, 0, 0.05)).toBe(1)
  })

  it('prove a type good in the third month of 1/60, 1/60, 0/60 and a type harmful in the second of 7/60, 8/60', () => {
    const good = evidenceSeries(
      [
        { k: 1, n: 60 },
        { k: 1, n: 60 },
        { k: 0, n: 60 },
      ],
      0.05,
    )
    for (const [index, e] of [1.981, 4.092, 32.63].entries()) expectClose(good[index]?.go, e, 0.005)
    expectClose(harmEValue(7, 60, 0.05), 4.44, 0.005)
    expectClose(harmEValue(15, 120, 0.05), 65.2, 0.05)
  })

  it('have expectation 1 at the limit and less on the innocent side, so that looking often proves nothing', () => {
    expectClose(expectation(goEValue, 60, 0.05, 0.05), 1, 1e-9)
    expectClose(expectation(harmEValue, 60, 0.05, 0.05), 1, 1e-9)
    expectClose(expectation(goEValue, 60, 0.06, 0.05), 0.692, 0.0005)
    expect(expectation(harmEValue, 60, 0.04, 0.05)).toBeLessThan(1)
  })

  it('fall and rise with each defect', () => {
    const counts = fc.integer({ min: 1, max: 200 }).chain((n) => fc.tuple(fc.nat(n - 1), fc.constant(n)))
    fc.assert(
      fc.property(counts, ([k, n]) => {
        expect(goEValue(k + 1, n, 0.05)).toBeLessThan(goEValue(k, n, 0.05))
        expect(harmEValue(k + 1, n, 0.05)).toBeGreaterThan(harmEValue(k, n, 0.05))
      }),
    )
  })

  it('do not depend on the order of what was seen before', () => {
    const forwards = evidenceSeries(
      [
        { k: 3, n: 10 },
        { k: 0, n: 90 },
      ],
      0.05,
    )
    const backwards = evidenceSeries(
      [
        { k: 0, n: 90 },
        { k: 3, n: 10 },
      ],
      0.05,
    )
    expect(forwards[1]?.go).toBe(backwards[1]?.go)
  })

  it('refuse limits for which they would guarantee nothing', () => {
    expect(() => goEValue(1, 2, 0)).toThrow(OversightError)
    expect(() => harmEValue(1, 2, 0.96)).toThrow(OversightError)
  })
})

describeOracle('evalue_bernoulli.csv', () => {
  it.each([...groupRows(oracleRows('evalue_bernoulli'), 'series')])('%s', (_, rows) => {
    const found = evidenceSeries(
      rows.map((row) => ({ k: num(row, 'k'), n: num(row, 'n') })),
      num(rows[0], 'limit'),
    )
    for (const [index, row] of rows.entries()) {
      const point = found[index]
      const relative = (column: string) => CLOSED_FORM * Math.max(1, num(row, column))
      expectClose(point?.go, num(row, 'e_go'), relative('e_go'))
      expectClose(point?.harm, num(row, 'e_harm'), relative('e_harm'))
      expectClose(point?.highestGo, num(row, 'running_max_e_go'), relative('running_max_e_go'))
      expectClose(point?.anytimeP, num(row, 'p_anytime_go'), CLOSED_FORM)
    }
  })
})
