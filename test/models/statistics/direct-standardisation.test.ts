import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { directStandardisation } from '#models/statistics/direct-standardisation.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, groupRows, num, oracleRows } from './oracle.ts'

describe('directStandardisation', () => {
  it('is not fooled by a change of mix: crude rises while the standardised share falls', () => {
    const current = directStandardisation([
      { weight: 0.5, k: 300, n: 345 },
      { weight: 0.3, k: 70, n: 90 },
      { weight: 0.2, k: 30, n: 50 },
    ])
    const reference = directStandardisation([
      { weight: 0.5, k: 140, n: 165 },
      { weight: 0.3, k: 95, n: 120 },
      { weight: 0.2, k: 110, n: 165 },
    ])
    expect(current.crude).toBeGreaterThan(reference.crude ?? 1)
    expect(current.standardised).toBeLessThan(reference.standardised ?? 0)
  })

  it('has no value where a cell of the standard is empty', () => {
    const cells = [
      { weight: 1, k: 2, n: 4 },
      { weight: 1, k: 0, n: 0 },
    ]
    expect(directStandardisation(cells)).toEqual({ crude: 0.5, standardised: null, standardError: null })
    expect(directStandardisation([{ weight: 1, k: 0, n: 0 }]).crude).toBeNull()
  })

  it('refuses a standard without weight', () => {
    expect(() => directStandardisation([{ weight: 0, k: 1, n: 2 }])).toThrow(OversightError)
    expect(() => directStandardisation([{ weight: -1, k: 1, n: 2 }])).toThrow(OversightError)
  })

  it('equals the crude share when the standard is the observed mix', () => {
    const cell = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 300 }))
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (pairs) => {
        const cells = pairs.map(([k, others]) => ({ weight: k + others, k, n: k + others }))
        const { crude, standardised } = directStandardisation(cells)
        expectClose(standardised, crude ?? -1, 1e-12)
      }),
    )
  })
})

describeOracle('csat_standardisation.csv', () => {
  it.each([...groupRows(oracleRows('csat_standardisation'), 'period')])('%s', (_, rows) => {
    const found = directStandardisation(
      rows.map((row) => ({ weight: num(row, 'standard_weight'), k: num(row, 'satisfied'), n: num(row, 'responses') })),
    )
    expectClose(found.crude, num(rows[0], 'crude_rate'), CLOSED_FORM)
    expectClose(found.standardised, num(rows[0], 'standardised_rate'), CLOSED_FORM)
    expectClose(found.standardError, num(rows[0], 'standardised_se'), CLOSED_FORM)
  })
})
