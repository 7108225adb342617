import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { holm } from '#models/statistics/holm.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, groupRows, num, oracleRows } from './oracle.ts'

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 })

describe('holm', () => {
  it('adjusts three values, in the order in which they came', () => {
    const expected = [0.03, 0.06, 0.06]
    for (const [index, adjusted] of holm([0.01, 0.04, 0.03]).entries()) {
      expectClose(adjusted, expected[index] ?? 0, 1e-9)
    }
  })

  it('has nothing to adjust without a test, and refuses what is not a p', () => {
    expect(holm([])).toEqual([])
    expect(() => holm([0.2, Number.NaN])).toThrow(OversightError)
    expect(() => holm([1.01])).toThrow(OversightError)
  })

  it('never lowers a p, keeps the order of the values, and does not depend on it', () => {
    fc.assert(
      fc.property(pValues, (ps) => {
        const adjusted = holm(ps)
        const backwards = holm([...ps].reverse()).reverse()
        for (const [i, p] of ps.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p * (1 - 1e-12))
          expectClose(adjusted[i], backwards[i] ?? -1, 1e-12)
          for (const [j, other] of ps.entries()) {
            if (p <= other) expect(adjusted[i]).toBeLessThanOrEqual((adjusted[j] ?? 0) + 1e-12)
          }
        }
      }),
    )
  })
})

describeOracle('benjamini_hochberg.csv, column holm', () => {
  it.each([...groupRows(oracleRows('benjamini_hochberg'), 'set')])('%s', (_, rows) => {
    for (const [index, adjusted] of holm(rows.map((row) => num(row, 'p'))).entries()) {
      expectClose(adjusted, num(rows[index], 'holm'), CLOSED_FORM)
    }
  })
})
