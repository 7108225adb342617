import { describe, expect, it } from 'vitest'
import { clopperPearsonInterval, clopperPearsonLower, clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('clopperPearson', () => {
  it('is the whole interval without a case', () => {
    expect(clopperPearsonInterval(0, 0)).toEqual({ lower: 0, upper: 1 })
  })

  it('leaves room for error even when none was found', () => {
    expectClose(clopperPearsonUpper(0, 59, 0.05), 0.0495086, 1e-6)
  })
})

describeOracle('clopper_pearson.csv', () => {
  it('gives every bound, two-sided and one-sided', () => {
    for (const row of oracleRows('clopper_pearson')) {
      const k = num(row, 'k')
      const n = num(row, 'n')
      const confidence = num(row, 'conf_level')
      const said = JSON.stringify(row)
      const { lower, upper } = clopperPearsonInterval(k, n, confidence)
      expectClose(lower, num(row, 'lower_two_sided'), CLOSED_FORM, said)
      expectClose(upper, num(row, 'upper_two_sided'), CLOSED_FORM, said)
      expectClose(clopperPearsonLower(k, n, 1 - confidence), num(row, 'lower_one_sided'), CLOSED_FORM, said)
      expectClose(clopperPearsonUpper(k, n, 1 - confidence), num(row, 'upper_one_sided'), CLOSED_FORM, said)
    }
  })
})
