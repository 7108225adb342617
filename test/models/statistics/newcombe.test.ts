import { describe, expect, it } from 'vitest'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('newcombeDifference', () => {
  it('refuses an empty side', () => {
    expect(() => newcombeDifference(1, 2, 0, 0, 0.05)).toThrow('both sides')
  })
})

describeOracle('noninferiority.csv', () => {
  it('gives every difference and bound', () => {
    for (const row of oracleRows('noninferiority')) {
      const { difference, lower, upper } = newcombeDifference(
        num(row, 'x_current'),
        num(row, 'n_current'),
        num(row, 'x_reference'),
        num(row, 'n_reference'),
        num(row, 'alpha_one_sided'),
      )
      expectClose(difference, num(row, 'diff'), CLOSED_FORM, JSON.stringify(row))
      expectClose(lower, num(row, 'newcombe_lower'), CLOSED_FORM, JSON.stringify(row))
      expectClose(upper, num(row, 'newcombe_upper'), CLOSED_FORM, JSON.stringify(row))
    }
  })
})
