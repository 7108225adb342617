import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { noninferioritySampleSize } from '#models/statistics/noninferiority-sample-size.ts'
import { describeOracle, num, oracleRows } from './oracle.ts'

describe('noninferioritySampleSize', () => {
  it('is 631 answers per period at 85 % for a margin of 5 points', () => {
    expect(noninferioritySampleSize(0.85, 0.05)).toBe(631)
  })

  it('grows as the margin shrinks and as the wanted power grows', () => {
    expect(noninferioritySampleSize(0.85, 0.03)).toBeGreaterThan(noninferioritySampleSize(0.85, 0.05))
    expect(noninferioritySampleSize(0.85, 0.05, 0.05, 0.9)).toBeGreaterThan(noninferioritySampleSize(0.85, 0.05))
  })

  it('refuses a margin of nothing', () => {
    expect(() => noninferioritySampleSize(0.85, 0)).toThrow(OversightError)
  })
})

describeOracle('noninferiority_sample_size.csv', () => {
  it.each(oracleRows('noninferiority_sample_size'))('$p, margin $margin', (row) => {
    const found = noninferioritySampleSize(
      num(row, 'p'),
      num(row, 'margin'),
      num(row, 'alpha_one_sided'),
      num(row, 'power'),
    )
    expect(found).toBe(num(row, 'n_per_period'))
  })
})
