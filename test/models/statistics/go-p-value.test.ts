import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialAtMost } from '#models/statistics/binomial-tail.ts'
import { goPValue } from '#models/statistics/go-p-value.ts'
import { moverUpper } from '#models/statistics/mover-upper.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'
import { oracleStrata } from './strata.ts'

describe('goPValue', () => {
  it('of one stratum is the binomial tail at the limit', () => {
    expectClose(goPValue([{ population: 900, sampled: 59, hits: 0 }], 0.05), 0.95 ** 59, 1e-12)
    expectClose(goPValue([{ population: 900, sampled: 20, hits: 9 }], 0.05), binomialAtMost(9, 20, 0.05), 1e-12)
  })

  it('is close to the one-stratum value where a second stratum weighs next to nothing', () => {
    const found = goPValue(
      [
        { population: 1_000_000, sampled: 100, hits: 1 },
        { population: 1, sampled: 1, hits: 0 },
      ],
      0.05,
    )
    expectClose(found, binomialAtMost(1, 100, 0.05), 1e-5)
  })

  it('is the alpha at which the bound meets the limit', () => {
    const stratum = fc
      .tuple(fc.nat(4), fc.integer({ min: 30, max: 300 }), fc.integer({ min: 300, max: 9000 }))
      .map(([hits, sampled, population]) => ({ hits, sampled, population }))
    fc.assert(
      fc.property(
        fc.array(stratum, { minLength: 2, maxLength: 3 }),
        fc.constantFrom(0.02, 0.05, 0.1),
        (strata, limit) => {
          const p = goPValue(strata, limit)
          // Nearer to 0, 1 - alpha itself has too few digits for this.
          fc.pre(p < 1 && p > 1e-6)
          expectClose(moverUpper(strata, p), limit, 1e-9)
        },
      ),
    )
  })

  it('is 1 without evidence and where the estimate is over the limit', () => {
    expect(goPValue([], 0.05)).toBe(1)
    expect(goPValue([{ population: 10, sampled: 0, hits: 0 }], 0.05)).toBe(1)
    const high = { population: 500, sampled: 100, hits: 20 }
    expect(goPValue([high, high], 0.05)).toBe(1)
    expect(
      goPValue(
        [
          { ...high, hits: 0, sampled: 400 },
          { ...high, hits: 0, sampled: 400 },
        ],
        0.3,
      ),
    ).toBe(1e-12)
  })
})

describeOracle('three_way_verdict.csv', () => {
  it('p_value_go of every row', () => {
    for (const row of oracleRows('three_way_verdict')) {
      const strata = [{ population: 100_000, sampled: num(row, 'n'), hits: num(row, 'k') }]
      expectClose(goPValue(strata, num(row, 'limit')), num(row, 'p_value_go'), CLOSED_FORM)
    }
  })
})

describeOracle('stratified.csv', () => {
  it.each(oracleRows('stratified'))('$scenario: p <= alpha exactly where the bound is at or under the limit', (row) => {
    const strata = oracleStrata(row)
    expect(goPValue(strata, 0.05) <= 0.05).toBe(num(row, 'mover_cp_upper_95_one_sided') <= 0.05)
    expect(goPValue(strata, 0.05) <= 0.01).toBe(num(row, 'mover_cp_upper_99_one_sided') <= 0.05)
    expectClose(goPValue(strata, num(row, 'mover_cp_upper_99_one_sided')), 0.01, 1e-8)
  })
})
