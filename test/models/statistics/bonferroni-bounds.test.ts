import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bonferroniLower, bonferroniUpper } from '#models/statistics/bonferroni-bounds.ts'
import { clopperPearsonLower, clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { stratifiedEstimate } from '#models/statistics/stratified-estimate.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'
import { oracleStrata, stratum } from './strata.ts'

const strata = fc.array(stratum, { minLength: 1, maxLength: 4 })

describe('bonferroniLower and bonferroniUpper', () => {
  it('divide alpha between the strata', () => {
    const two = [
      { population: 300, sampled: 60, hits: 3 },
      { population: 100, sampled: 60, hits: 9 },
    ]
    expectClose(
      bonferroniLower(two, 0.05),
      0.75 * clopperPearsonLower(3, 60, 0.025) + 0.25 * clopperPearsonLower(9, 60, 0.025),
      1e-14,
    )
    expectClose(
      bonferroniUpper(two, 0.05),
      0.75 * clopperPearsonUpper(3, 60, 0.025) + 0.25 * clopperPearsonUpper(9, 60, 0.025),
      1e-14,
    )
  })

  it('know nothing where nothing was reviewed', () => {
    const unseen = { population: 500, sampled: 0, hits: 0 }
    expect([bonferroniLower([], 0.05), bonferroniUpper([], 0.05)]).toEqual([0, 1])
    expect([bonferroniLower([unseen], 0.05), bonferroniUpper([unseen], 0.05)]).toEqual([0, 1])
  })

  it('hold the estimate between them, whatever the order of the strata', () => {
    fc.assert(
      fc.property(strata, (found) => {
        const share = stratifiedEstimate(found)?.share ?? Number.NaN
        expect(bonferroniLower(found, 0.05)).toBeLessThanOrEqual(share + 1e-12)
        expect(bonferroniUpper(found, 0.05)).toBeGreaterThanOrEqual(share - 1e-12)
        expectClose(bonferroniLower([...found].reverse(), 0.05), bonferroniLower(found, 0.05), 1e-12)
      }),
    )
  })
})

describeOracle('stratified.csv', () => {
  it.each(oracleRows('stratified'))('$scenario', (row) => {
    expectClose(bonferroniLower(oracleStrata(row), 0.05), num(row, 'bonferroni_cp_lower_95_one_sided'), CLOSED_FORM)
    expectClose(bonferroniUpper(oracleStrata(row), 0.05), num(row, 'bonferroni_cp_upper_95_one_sided'), CLOSED_FORM)
  })
})
