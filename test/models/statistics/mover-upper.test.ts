import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { moverUpper } from '#models/statistics/mover-upper.ts'
import { stratifiedEstimate } from '#models/statistics/stratified-estimate.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'
import { oracleStrata, stratum } from './strata.ts'

const strata = fc.array(stratum, { minLength: 1, maxLength: 4 })

describe('moverUpper', () => {
  it('is 3.73 % where the heavy stratum shows none of 100 and the flagged one ten', () => {
    const found = moverUpper(
      [
        { population: 9000, sampled: 100, hits: 0 },
        { population: 1000, sampled: 100, hits: 10 },
      ],
      0.05,
    )
    expectClose(found, 0.0373153, 5e-8)
  })

  it('of one stratum is Clopper-Pearson', () => {
    expect(moverUpper([{ population: 5000, sampled: 200, hits: 4 }], 0.01)).toBeCloseTo(
      clopperPearsonUpper(4, 200, 0.01),
      14,
    )
  })

  it('counts what was not reviewed as hits', () => {
    const unseen = { population: 500, sampled: 0, hits: 0 }
    expect(moverUpper([], 0.05)).toBe(1)
    expect(moverUpper([unseen], 0.05)).toBe(1)
    const half = moverUpper([unseen, { population: 500, sampled: 60, hits: 0 }], 0.05)
    expectClose(half, 0.5 + 0.5 * (1 - 0.05 ** (1 / 60)), 1e-12)
    expect(() => moverUpper([{ population: 3, sampled: 4, hits: 1 }], 0.05)).toThrow(OversightError)
  })

  it('lies above the estimate, rises with each hit, falls with alpha, whatever the order of the strata', () => {
    fc.assert(
      fc.property(strata, fc.constantFrom(0.005, 0.01, 0.05, 0.2), (found, alpha) => {
        const upper = moverUpper(found, alpha)
        expect(upper).toBeGreaterThanOrEqual(Math.min(1, stratifiedEstimate(found)?.share ?? 1) - 1e-12)
        expectClose(moverUpper([...found].reverse(), alpha), upper, 1e-12)
        expect(moverUpper(found, alpha / 2)).toBeGreaterThanOrEqual(upper - 1e-12)
        const [first, ...others] = found
        if (first !== undefined && first.hits < first.sampled) {
          expect(moverUpper([{ ...first, hits: first.hits + 1 }, ...others], alpha)).toBeGreaterThanOrEqual(
            upper - 1e-12,
          )
        }
      }),
    )
  })
})

describeOracle('stratified.csv', () => {
  it.each(oracleRows('stratified'))('$scenario', (row) => {
    expectClose(moverUpper(oracleStrata(row), 0.05), num(row, 'mover_cp_upper_95_one_sided'), CLOSED_FORM)
    expectClose(moverUpper(oracleStrata(row), 0.01), num(row, 'mover_cp_upper_99_one_sided'), CLOSED_FORM)
  })
})
