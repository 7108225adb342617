import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { specificAgreement } from '#models/statistics/specific-agreement.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'
import { RARE, tableOf } from './rated-items.ts'

describe('specificAgreement', () => {
  it('shows 40 % agreement on defects behind 97 % overall', () => {
    const { positive, negative } = specificAgreement(RARE)
    expectClose(positive, 0.4, 1e-12)
    expectClose(negative, 384 / 390, 1e-12)
  })

  it('has no value of what nobody saw', () => {
    const none = { both: 0, firstOnly: 0, secondOnly: 0, neither: 9 }
    expect(specificAgreement(none)).toEqual({ positive: null, negative: 1 })
    expect(specificAgreement({ ...none, neither: 0 })).toEqual({ positive: null, negative: null })
    expect(() => specificAgreement({ ...none, both: -1 })).toThrow(OversightError)
  })

  it('does not mind which reviewer is the first', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50), (both, firstOnly, secondOnly, neither) => {
        expect(specificAgreement({ both, firstOnly: secondOnly, secondOnly: firstOnly, neither })).toEqual(
          specificAgreement({ both, firstOnly, secondOnly, neither }),
        )
      }),
    )
  })
})

describeOracle('kappa.csv', () => {
  it.each(oracleRows('kappa'))('$case', (row) => {
    const { positive, negative } = specificAgreement(tableOf(row))
    expectClose(positive, num(row, 'positive_specific_agreement'), CLOSED_FORM)
    expectClose(negative, num(row, 'negative_specific_agreement'), CLOSED_FORM)
  })
})
