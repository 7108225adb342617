import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { roganGladen } from '#models/statistics/rogan-gladen.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('roganGladen', () => {
  it('corrects 20 of 400 at sensitivity 0.85 and specificity 0.99 to 4.76 %', () => {
    expectClose(roganGladen(20, 400, 0.85, 0.99)?.estimate, 0.04 / 0.84, 1e-12)
  })

  it('changes nothing for reviewers who never err', () => {
    expect(roganGladen(3, 60, 1, 1)).toEqual({ apparent: 0.05, estimate: 0.05, isIndistinguishable: false })
  })

  it('says when false positives alone explain the defects', () => {
    expect(roganGladen(8, 400, 0.8, 0.98)?.isIndistinguishable).toBe(true)
    expect(roganGladen(4, 400, 0.8, 0.98)?.isIndistinguishable).toBe(true)
    expect(roganGladen(9, 400, 0.8, 0.98)?.isIndistinguishable).toBe(false)
  })

  it('has nothing to say without reviews or with reviewers no better than chance', () => {
    expect(roganGladen(0, 0, 0.9, 0.9)).toBeNull()
    expect(roganGladen(5, 10, 0.4, 0.6)).toBeNull()
    expect(() => roganGladen(5, 10, 1.2, 0.6)).toThrow(OversightError)
  })
})

describeOracle('rogan_gladen.csv', () => {
  it.each(oracleRows('rogan_gladen'))('$k of $n', (row) => {
    const found = roganGladen(
      num(row, 'k'),
      num(row, 'n'),
      num(row, 'reviewer_sensitivity'),
      num(row, 'reviewer_specificity'),
    )
    expectClose(found?.apparent, num(row, 'apparent'), CLOSED_FORM)
    expectClose(found?.estimate, num(row, 'rogan_gladen'), CLOSED_FORM)
  })
})
