import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { stratifiedEstimate } from '#models/statistics/stratified-estimate.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, type OracleRow, oracleRows } from './oracle.ts'
import { oracleStrata, stratum } from './strata.ts'

describe('stratifiedEstimate', () => {
  it('is 1.9 % where the naive share is 5.5 %, because the flagged tenth was over-sampled', () => {
    const found = stratifiedEstimate([
      { population: 9000, sampled: 100, hits: 1 },
      { population: 1000, sampled: 100, hits: 10 },
    ])
    expectClose(found?.share, 0.019, 1e-12)
    expectClose(found?.naiveShare, 0.055, 1e-12)
    expectClose(found?.standardError, 0.009492, 5e-7)
    expectClose(found?.effectiveSize, 206.9, 0.05)
  })

  it('of one stratum is k / n', () => {
    const found = stratifiedEstimate([{ population: 5000, sampled: 200, hits: 4 }])
    expect(found).toMatchObject({ share: 0.02, naiveShare: 0.02, total: 100, kishDesignEffect: 1 })
    expectClose(found?.designEffect, 1, 1e-12)
  })

  it('has no uncertainty about the population where all of it was reviewed', () => {
    expect(stratifiedEstimate([{ population: 50, sampled: 50, hits: 5 }])?.varianceOfPopulation).toBe(0)
  })

  it('knows nothing of a stratum without reviews and no variance from a single one', () => {
    expect(stratifiedEstimate([])).toBeNull()
    expect(
      stratifiedEstimate([
        { population: 10, sampled: 0, hits: 0 },
        { population: 10, sampled: 5, hits: 1 },
      ]),
    ).toBeNull()
    expect(stratifiedEstimate([{ population: 10, sampled: 1, hits: 1 }])?.variance).toBeNull()
    expect(() => stratifiedEstimate([{ population: 3, sampled: 4, hits: 1 }])).toThrow(OversightError)
  })

  it('lies between the shares of the strata and does not depend on their order', () => {
    fc.assert(
      fc.property(fc.array(stratum, { minLength: 1, maxLength: 5 }), (strata) => {
        const shares = strata.map(({ hits, sampled }) => hits / sampled)
        const found = stratifiedEstimate(strata)
        expect(found?.share).toBeGreaterThanOrEqual(Math.min(...shares) - 1e-12)
        expect(found?.share).toBeLessThanOrEqual(Math.max(...shares) + 1e-12)
        expectClose(stratifiedEstimate([...strata].reverse())?.share, found?.share ?? -1, 1e-12)
      }),
    )
  })
})

describeOracle('stratified.csv', () => {
  const orNull = (row: OracleRow, column: string) => (row[column] === '' ? null : num(row, column))

  it.each(oracleRows('stratified'))('$scenario: $description', (row) => {
    const found = stratifiedEstimate(oracleStrata(row))
    const expected: [number | null | undefined, string][] = [
      [found?.share, 'p_stratified'],
      [found?.naiveShare, 'p_naive'],
      [found?.total, 'horvitz_thompson_total'],
      [found?.variance, 'var_no_fpc'],
      [found?.standardError, 'se_no_fpc'],
      [found?.varianceOfPopulation, 'var_fpc'],
      [found?.effectiveSize, 'n_eff'],
      [found?.designEffect, 'deff_vs_srs'],
      [found?.kishDesignEffect, 'kish_deff_weights'],
    ]
    for (const [actual, column] of expected) {
      const reference = orNull(row, column)
      if (reference === null) expect(actual, column).toBeNull()
      // The file has 12 significant digits: 1e-9 of numbers in the hundreds and thousands.
      else expectClose(actual, reference, CLOSED_FORM * Math.max(1, reference), column)
    }
  })
})
