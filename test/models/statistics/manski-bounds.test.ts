import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { manskiBounds } from '#models/statistics/manski-bounds.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('manskiBounds', () => {
  it('of 175 content among 200 answers to 900 surveys are 19.4 % to 97.2 %', () => {
    expectClose(manskiBounds(175, 200, 900).lower, 175 / 900, 1e-15)
    expectClose(manskiBounds(175, 200, 900).upper, 875 / 900, 1e-15)
  })

  it('close on the share when everybody answers, and say nothing when nobody was asked', () => {
    expect(manskiBounds(3, 4, 4)).toEqual({ lower: 0.75, upper: 0.75 })
    expect(manskiBounds(0, 0, 0)).toEqual({ lower: 0, upper: 1 })
    expect(() => manskiBounds(1, 5, 4)).toThrow(OversightError)
  })

  it('contain the observed share and are as wide as the share of non-response', () => {
    const asked = fc
      .tuple(fc.nat(500), fc.nat(500), fc.nat(500))
      .map(([k, others, silent]) => ({ k, responses: k + others, sent: k + others + silent }))
    fc.assert(
      fc.property(asked, ({ k, responses, sent }) => {
        fc.pre(responses > 0)
        const { lower, upper } = manskiBounds(k, responses, sent)
        expect(lower).toBeLessThanOrEqual(k / responses + 1e-12)
        expect(upper).toBeGreaterThanOrEqual(k / responses - 1e-12)
        expectClose(upper - lower, 1 - responses / sent, 1e-12)
      }),
    )
  })
})

describeOracle('csat_metrics.csv', () => {
  it.each(oracleRows('csat_metrics'))('$case', (row) => {
    const bounds = manskiBounds(num(row, 'c4') + num(row, 'c5'), num(row, 'responses'), num(row, 'surveys_sent'))
    expectClose(bounds.lower, num(row, 'manski_lower'), CLOSED_FORM)
    expectClose(bounds.upper, num(row, 'manski_upper'), CLOSED_FORM)
  })
})
