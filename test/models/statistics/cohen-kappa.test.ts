import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { cohenKappa, type KappaWeights } from '#models/statistics/cohen-kappa.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'
import { JUDGEMENTS, pairsOf, RARE, tableOf } from './rated-items.ts'

const WEIGHTS: Record<string, KappaWeights> = {
  unweighted: 'unweighted',
  'equal(linear)': 'linear',
  'squared(quadratic)': 'quadratic',
}

describe('cohenKappa', () => {
  it('collapses to .385 at 97 % agreement, because defects are rare', () => {
    const found = cohenKappa(pairsOf(RARE), JUDGEMENTS)
    expectClose(found?.agreement, 0.97, 1e-12)
    expectClose(found?.kappa, 0.3846, 5e-5)
  })

  it('forgives near misses by their weight: 1 for 2 of three categories counts half', () => {
    const found = cohenKappa(
      [
        [0, 0],
        [0, 0],
        [1, 1],
        [2, 1],
      ],
      [0, 1, 2],
      'linear',
    )
    // Rows .5 .25 .25, columns .5 .5 0: by chance .5 (.5 + .5/2) + .25 (.5/2 + .5) + .25 (.5/2).
    expectClose(found?.agreement, 0.875, 1e-12)
    expectClose(found?.chanceAgreement, 0.625, 1e-12)
    expectClose(found?.kappa, 0.25 / 0.375, 1e-12)
  })

  it('has no value without items, or where both say the same of everything', () => {
    expect(cohenKappa([], JUDGEMENTS)).toBeNull()
    expect(cohenKappa(pairsOf({ both: 0, firstOnly: 0, secondOnly: 0, neither: 30 }), JUDGEMENTS)).toBeNull()
    expect(() => cohenKappa([['defect', 'maybe']], ['defect', 'clean'])).toThrow(OversightError)
  })

  it('is at most 1, 1 for perfect agreement, and does not mind which reviewer is the first', () => {
    const pair = fc.tuple(fc.nat(2), fc.nat(2))
    fc.assert(
      fc.property(
        fc.array(pair, { minLength: 2 }),
        fc.constantFrom<KappaWeights>('unweighted', 'quadratic'),
        (pairs, w) => {
          const found = cohenKappa(pairs, [0, 1, 2], w)
          fc.pre(found !== null)
          expect(found?.kappa).toBeLessThanOrEqual(1 + 1e-12)
          const swapped = cohenKappa(
            pairs.map(([first, second]) => [second, first] as const),
            [0, 1, 2],
            w,
          )
          expectClose(swapped?.kappa, found?.kappa ?? 2, 1e-9)
          const perfect = cohenKappa([...pairs.map(([first]) => [first, first] as const), [0, 0], [1, 1]], [0, 1, 2], w)
          expectClose(perfect?.kappa, 1, 1e-12)
        },
      ),
    )
  })
})

describeOracle('kappa.csv', () => {
  it.each(oracleRows('kappa'))('$case', (row) => {
    const found = cohenKappa(pairsOf(tableOf(row)), JUDGEMENTS)
    expectClose(found?.agreement, num(row, 'percent_agreement'), CLOSED_FORM)
    expectClose(found?.kappa, num(row, 'cohen_kappa'), CLOSED_FORM)
    expectClose(found?.standardError, num(row, 'cohen_kappa_ase'), CLOSED_FORM)
  })
})

describeOracle('weighted_kappa.csv', () => {
  const pairs = oracleRows('weighted_kappa_input').map((row) => [num(row, 'rater1'), num(row, 'rater2')] as const)

  it.each(oracleRows('weighted_kappa'))('$weights', (row) => {
    expectClose(cohenKappa(pairs, [0, 1, 2], WEIGHTS[row.weights ?? ''])?.kappa, num(row, 'kappa'), CLOSED_FORM)
  })
})
