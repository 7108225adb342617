import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repeatContactUp } from '#models/warning-signs/repeat-contact-up.ts'
import { unexpectedEscalationUp } from '#models/warning-signs/unexpected-escalation-up.ts'
import { monthsOf } from './month-counts.ts'

const rates = (...numerators: number[]) =>
  monthsOf(numerators.length, (index) => ({ numerator: numerators[index] ?? 0, denominator: 1000 }))

describe.each([
  ['repeatContactUp', repeatContactUp],
  ['unexpectedEscalationUp', unexpectedEscalationUp],
])('%s', (_name, detect) => {
  it('compares the newest three months with those before, and says since when it fires', () => {
    const sign = detect(rates(60, 62, 58, 61, 59, 60, 95, 97, 93, 96))
    expect(sign).toMatchObject({
      isFired: true,
      since: '2026-07',
      falseAlarmsPerTypeYear: 0.05,
      evidence: {
        earlier: { months: ['2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'], rate: 0.065 },
        later: { months: ['2026-07', '2026-08', '2026-09'], numerator: 286, denominator: 3000 },
      },
    })
    expect(sign.evidence?.lower).toBeGreaterThan(0)
    expect(sign.evidence?.later.lower).toBeLessThan(286 / 3000)
  })

  it('is silent on a fall, on a rise within chance, and on one of less than a point however sure', () => {
    expect(detect(rates(90, 92, 91, 60, 61, 62))).toMatchObject({ isFired: false, since: null })
    expect(detect(rates(60, 62, 58, 66, 68, 64)).isFired).toBe(false)
    const large = rates(60, 60, 60, 69, 69, 69).map((one) => ({
      ...one,
      numerator: one.numerator * 1000,
      denominator: 1_000_000,
    }))
    expect(detect(large).evidence?.lower).toBeGreaterThan(0)
    expect(detect(large).isFired).toBe(false)
  })

  it('asks for more where months vary more than chance', () => {
    const steady = detect(rates(60, 60, 60, 60, 60, 60, 90, 90, 90))
    const restless = detect(rates(30, 90, 30, 90, 30, 90, 60, 120, 90))
    expect(steady.isFired).toBe(true)
    expect(restless.evidence?.difference).toBeCloseTo(steady.evidence?.difference ?? 0)
    expect(restless.evidence?.dispersion).toBeGreaterThan(3)
    expect(restless.isFired).toBe(false)
  })

  it('says nothing of fewer than six months, of a last month without contacts, or of few contacts', () => {
    expect(detect(rates(60, 60, 300, 300, 300))).toMatchObject({ isFired: false, evidence: null })
    const ended = rates(60, 60, 60, 300, 300, 300, 300).map((one, index) =>
      index === 6 ? { ...one, numerator: 0, denominator: 0 } : one,
    )
    expect(detect(ended).evidence).toBeNull()
    expect(detect(monthsOf(6, (index) => ({ numerator: index < 3 ? 0 : 4, denominator: 4 }))).evidence).toBeNull()
    expect(detect([])).toMatchObject({ isFired: false, since: null, evidence: null })
  })

  it('fires only on a rise, whatever the counts, and since a month that it was given', () => {
    const month = fc
      .integer({ min: 0, max: 400 })
      .chain((denominator) => fc.integer({ min: 0, max: denominator }).map((numerator) => ({ numerator, denominator })))
    fc.assert(
      fc.property(fc.array(month, { maxLength: 20 }), (counts) => {
        const months = monthsOf(counts.length, (index) => counts[index] ?? { numerator: 0, denominator: 0 })
        const { isFired, since, evidence } = detect(months)
        expect(since !== null).toBe(isFired)
        if (!isFired || evidence === null) return
        expect(months.map(({ month }) => month)).toContain(since)
        expect(evidence.later.rate - evidence.earlier.rate).toBeGreaterThanOrEqual(0.01)
      }),
    )
  })
})
