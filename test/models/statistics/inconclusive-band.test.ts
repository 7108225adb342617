import { describe, expect, it } from 'vitest'
import { clopperPearsonLower, clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { inconclusiveBand } from '#models/statistics/inconclusive-band.ts'
import { describeOracle, num, oracleRows } from './oracle.ts'

describe('inconclusiveBand', () => {
  it('decides as the Clopper-Pearson bounds do', () => {
    for (const n of [1, 2, 20, 59, 60, 100, 300]) {
      for (const limit of [0.02, 0.05, 0.5]) {
        const { passAtMost, failAtLeast } = inconclusiveBand(n, limit, 0.01, 0.05)
        for (let k = 0; k <= n; k += 1) {
          expect(clopperPearsonUpper(k, n, 0.01) <= limit).toBe(k <= passAtMost)
          expect(clopperPearsonLower(k, n, 0.05) > limit).toBe(k >= failAtLeast)
        }
      }
    }
  })

  it('decides nothing without a review', () => {
    expect(inconclusiveBand(0, 0.05, 0.05, 0.05)).toEqual({ passAtMost: -1, failAtLeast: 1 })
  })
})

describeOracle('acceptance_numbers.csv', () => {
  it('gives every acceptance number', () => {
    for (const row of oracleRows('acceptance_numbers')) {
      const alpha = num(row, 'alpha')
      expect(inconclusiveBand(num(row, 'n'), num(row, 'limit'), alpha, alpha), JSON.stringify(row)).toEqual({
        passAtMost: num(row, 'max_errors_pass'),
        failAtLeast: num(row, 'min_errors_fail'),
      })
    }
  })
})
