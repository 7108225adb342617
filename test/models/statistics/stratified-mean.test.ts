import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { stratifiedMean } from '#models/statistics/stratified-mean.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, groupRows, num, oracleRows } from './oracle.ts'

function stratum(population: number, scores: readonly number[]) {
  return {
    population,
    n: scores.length,
    sum: scores.reduce((total, score) => total + score, 0),
    sumOfSquares: scores.reduce((total, score) => total + score ** 2, 0),
  }
}

describe('stratifiedMean', () => {
  it('weights strata by what they stand for', () => {
    // 0.75 x 90 + 0.25 x 70; se^2 = 0.5625 x 2 / 2 + 0.0625 x 200 / 2
    const found = stratifiedMean([stratum(300, [89, 91]), stratum(100, [60, 80])])
    expectClose(found?.mean, 85, 1e-12)
    expectClose(found?.spread?.standardError, Math.sqrt(0.5625 + 6.25), 1e-12)
  })

  it('of one stratum is the plain t bound: 1, 2, 3 give 2 -+ 2.919986 / sqrt(3)', () => {
    const found = stratifiedMean([stratum(10, [1, 2, 3])])
    expectClose(found?.spread?.lower, 2 - 2.91998558 / Math.sqrt(3), 1e-7)
    expectClose(found?.spread?.degreesOfFreedom, 2, 1e-12)
  })

  it('knows no spread from a single score, and none at all where scores agree', () => {
    expect(stratifiedMean([stratum(10, [5]), stratum(10, [5, 6])])).toEqual({ mean: 5.25, spread: null })
    expect(stratifiedMean([stratum(10, [5, 5]), stratum(0, [])])).toEqual({
      mean: 5,
      spread: { standardError: 0, degreesOfFreedom: null, lower: 5, upper: 5 },
    })
  })

  it('is unknown where nothing is, and where a stratum has contacts but no score', () => {
    expect(stratifiedMean([])).toBeNull()
    expect(stratifiedMean([stratum(10, [5, 6]), stratum(1, [])])).toBeNull()
    expect(() => stratifiedMean([stratum(1, [5, 6])])).toThrow(OversightError)
  })

  it('does not depend on the order of the strata', () => {
    const strata = fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 20 }), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(strata, (groups) => {
        const forwards = stratifiedMean(groups.map((scores, index) => stratum(100 * (index + 1), scores)))
        const backwards = stratifiedMean(groups.map((scores, index) => stratum(100 * (index + 1), scores)).reverse())
        expectClose(forwards?.spread?.lower, backwards?.spread?.lower ?? Number.NaN, 1e-9)
        expect(forwards?.spread?.lower).toBeLessThanOrEqual(forwards?.mean ?? 0)
      }),
    )
  })
})

describeOracle('qa_score_expected.csv', () => {
  const expected = new Map(oracleRows('qa_score_expected').map((row) => [row.statistic, Number(row.value)]))
  const strata = [...groupRows(oracleRows('qa_score_input'), 'h').values()].map((rows) =>
    stratum(
      num(rows[0], 'N'),
      rows.map((row) => num(row, 'score')),
    ),
  )

  it('mean, standard error, degrees of freedom and bounds', () => {
    const found = stratifiedMean(strata)
    expectClose(found?.mean, expected.get('stratified_mean') ?? 0, CLOSED_FORM)
    expectClose(found?.spread?.standardError, expected.get('se') ?? 0, CLOSED_FORM)
    expectClose(found?.spread?.degreesOfFreedom, expected.get('satterthwaite_df') ?? 0, CLOSED_FORM)
    expectClose(found?.spread?.lower, expected.get('lower_one_sided_95') ?? 0, CLOSED_FORM)
    expectClose(found?.spread?.upper, expected.get('upper_one_sided_95') ?? 0, CLOSED_FORM)
  })
})
