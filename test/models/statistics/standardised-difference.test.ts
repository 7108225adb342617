import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import { standardisedDifference } from '#models/statistics/standardised-difference.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

const counts = fc.tuple(fc.nat(200), fc.nat(200)).map(([k, others]) => ({ k, n: k + others + 1 }))

describe('standardisedDifference', () => {
  it('is the Newcombe difference where there is one cell', () => {
    fc.assert(
      fc.property(counts, counts, fc.constantFrom(0.01, 0.05), (current, reference, alpha) => {
        const found = standardisedDifference([{ weight: 3, current, reference }], alpha)
        const plain = newcombeDifference(current.k, current.n, reference.k, reference.n, alpha)
        expectClose(found.difference, plain.difference, 1e-12)
        expectClose(found.lower, plain.lower, 1e-9)
        expectClose(found.upper, plain.upper, 1e-9)
      }),
    )
  })

  it('contains its difference, is wider the surer it has to be, and does not depend on the order of cells', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(counts, counts), { minLength: 2, maxLength: 5 }), (pairs) => {
        const cells = pairs.map(([current, reference]) => ({ weight: reference.n, current, reference }))
        const { difference, lower, upper } = standardisedDifference(cells, 0.05)
        const surer = standardisedDifference(cells, 0.01)
        expect(lower).toBeLessThanOrEqual(difference)
        expect(upper).toBeGreaterThanOrEqual(difference)
        expect(surer.lower).toBeLessThanOrEqual(lower)
        expect(surer.upper).toBeGreaterThanOrEqual(upper)
        expectClose(standardisedDifference([...cells].reverse(), 0.05).lower, lower, 1e-9)
      }),
    )
  })

  it('refuses a cell with weight that is empty on one side', () => {
    const cells = [{ weight: 1, current: { k: 0, n: 0 }, reference: { k: 1, n: 2 } }]
    expect(() => standardisedDifference(cells, 0.05)).toThrow(OversightError)
  })
})

describeOracle('csat_standardisation.csv', () => {
  it('falls at the fixed mix though the counted share rises', () => {
    const rows = oracleRows('csat_standardisation')
    const of = (period: string, channel: string | undefined) => {
      const row = rows.find((each) => each.period === period && each.channel === channel)
      return { k: num(row, 'satisfied'), n: num(row, 'responses') }
    }
    const cells = rows
      .filter(({ period }) => period === 'current')
      .map((row) => ({
        weight: num(row, 'standard_weight'),
        current: of('current', row.channel),
        reference: of('reference', row.channel),
      }))
    const { current, reference, difference } = standardisedDifference(cells, 0.05)
    expectClose(current, num(rows[0], 'standardised_rate'), CLOSED_FORM)
    expectClose(
      reference,
      num(
        rows.find(({ period }) => period === 'reference'),
        'standardised_rate',
      ),
      CLOSED_FORM,
    )
    expect(difference).toBeLessThan(0)
  })
})
