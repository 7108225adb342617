import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('wilsonInterval', () => {
  it('is the whole interval without a case', () => {
    expect(wilsonInterval(0, 0)).toEqual({ lower: 0, upper: 1 })
  })

  it('refuses more hits than trials', () => {
    expect(() => wilsonInterval(3, 2)).toThrow('k = 3 and n = 2')
  })
})

describeOracle('wilson.csv', () => {
  it('gives every interval', () => {
    for (const row of oracleRows('wilson')) {
      const { lower, upper } = wilsonInterval(num(row, 'k'), num(row, 'n'), num(row, 'conf_level'))
      expectClose(lower, num(row, 'lower'), CLOSED_FORM, JSON.stringify(row))
      expectClose(upper, num(row, 'upper'), CLOSED_FORM, JSON.stringify(row))
    }
  })
})
