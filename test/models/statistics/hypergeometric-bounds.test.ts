import hypergeometricPmf from '@stdlib/stats-base-dists-hypergeometric-pmf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { hypergeometricBounds } from '#models/statistics/hypergeometric-bounds.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

const sample = fc
  .tuple(fc.nat(40), fc.nat(40), fc.nat(60))
  .map(([k, others, rest]) => ({ k, n: k + others, population: k + others + rest }))

describe('hypergeometricBounds', () => {
  it('leaves at most 10 defects in 200 contacts of which 100 were reviewed with 2 found', () => {
    expect(hypergeometricBounds(200, 100, 2)).toMatchObject({ upperCount: 10, upper: 0.05, lowerCount: 2 })
  })

  it('of a census is what was counted, of nothing is everything', () => {
    expect(hypergeometricBounds(59, 59, 3)).toMatchObject({ lowerCount: 3, upperCount: 3, correction: 0 })
    expect(hypergeometricBounds(40, 0, 0)).toMatchObject({ lowerCount: 0, upperCount: 40 })
    expect(hypergeometricBounds(0, 0, 0)).toMatchObject({ lower: 0, upper: 1 })
    expect(() => hypergeometricBounds(5, 6, 0)).toThrow(OversightError)
  })

  it('holds exactly the numbers of defects under which the finding is not rare', () => {
    const atMost = (k: number, population: number, defects: number, n: number) => {
      let total = 0
      for (let x = 0; x <= k; x += 1) total += hypergeometricPmf(x, population, defects, n)
      return total
    }
    fc.assert(
      fc.property(sample, ({ k, n, population }) => {
        const { lowerCount, upperCount } = hypergeometricBounds(population, n, k)
        expect(lowerCount).toBeGreaterThanOrEqual(k)
        expect(upperCount).toBeLessThanOrEqual(population - n + k)
        expect(atMost(k, population, upperCount, n)).toBeGreaterThan(0.05 - 1e-12)
        if (upperCount < population - n + k) {
          expect(atMost(k, population, upperCount + 1, n)).toBeLessThanOrEqual(0.05 + 1e-12)
        }
        if (k > 0 && lowerCount > k) {
          expect(1 - atMost(k - 1, population, lowerCount - 1, n)).toBeLessThanOrEqual(0.05 + 1e-12)
        }
        if (n > 0) expect(upperCount / population).toBeLessThanOrEqual(clopperPearsonUpper(k, n, 0.05) + 1e-12)
      }),
    )
  })
})

describeOracle('fpc_hypergeometric.csv', () => {
  it.each(oracleRows('fpc_hypergeometric'))('$k of $n of $N', (row) => {
    const found = hypergeometricBounds(num(row, 'N'), num(row, 'n'), num(row, 'k'), num(row, 'alpha'))
    expect(found.lowerCount).toBe(num(row, 'lower_count'))
    expect(found.upperCount).toBe(num(row, 'upper_count'))
    expectClose(found.lower, num(row, 'lower_rate'), CLOSED_FORM)
    expectClose(found.upper, num(row, 'upper_rate'), CLOSED_FORM)
    expectClose(found.correction, num(row, 'fpc_factor'), CLOSED_FORM)
  })
})
