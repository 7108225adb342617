import { describe, expect, it } from 'vitest'
import type { TypeMonth } from '#governance/evaluate/evaluation.ts'
import { checkTripWires } from '#governance/review/check-trip-wires.ts'
import type { TripWire } from '#governance/review/trip-wire.ts'
import { clopperPearsonLower, clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { harmEValue } from '#models/statistics/e-values.ts'
import { type MonthFacts, typeMonth } from '#test/build/type-history.ts'

const wire = (metric: TripWire['metric'], threshold: number, against: number | null = null): TripWire => ({
  id: metric,
  metric,
  threshold,
  against,
})
const months = (...facts: MonthFacts[]) => facts.map((each, index) => typeMonth('order_status', `2026-1${index}`, each))

describe('a trip-wire', () => {
  it.each<[string, TripWire, MonthFacts, MonthFacts, number]>([
    ['any critical defect', wire('critical_defects', 0), { criticalDefects: 0 }, { criticalDefects: 1 }, 1],
    [
      'an error rate shown to be over its limit, not one that looks so',
      wire('ai_error_rate', 0.05),
      { errors: 8 },
      { errors: 12 },
      clopperPearsonLower(12, 100, 0.05),
    ],
    [
      'repeat contact',
      wire('repeat_contact_rate_48h', 0.06),
      { repeats: 190 },
      { repeats: 240 },
      clopperPearsonLower(240, 3000, 0.05),
    ],
    [
      'unexpected escalation',
      wire('unexpected_escalation_rate', 0.05),
      { unexpected: 160 },
      { unexpected: 200 },
      clopperPearsonLower(200, 3000, 0.05),
    ],
    [
      'CSAT shown to be under its limit',
      wire('csat_satisfied_rate', 0.8),
      { satisfied: 470 },
      { satisfied: 440 },
      clopperPearsonUpper(440, 600, 0.05),
    ],
    [
      'the harm e-value against the error limit',
      wire('harm_e_value', 20, 0.05),
      { errors: 10 },
      { errors: 14 },
      harmEValue(14, 100, 0.05),
    ],
  ])('fires on %s', (_what, each, quiet, loud, value) => {
    expect(checkTripWires([each], months(quiet))).toEqual([])
    expect(checkTripWires([each], months(quiet, loud))).toEqual([
      {
        wire: each,
        month: '2026-11',
        value: expect.closeTo(value, 12),
        reason: expect.stringMatching(/November 2026/),
      },
    ])
  })

  it('fires once, in its first month, whatever the order of the months', () => {
    const [first, second] = months({ criticalDefects: 2 }, { criticalDefects: 3 })
    if (first === undefined || second === undefined) throw new Error('no months')
    const fired = checkTripWires([wire('critical_defects', 1)], [second, first])
    expect(fired).toMatchObject([{ month: '2026-10', value: 2 }])
  })

  it('fires in a month that can still change: it is there to be early', () => {
    expect(checkTripWires([wire('critical_defects', 0)], months({ criticalDefects: 1, isFinal: false }))).toHaveLength(
      1,
    )
  })

  it('fires on nothing that was not measured, or cannot be', () => {
    const all = [
      wire('critical_defects', 0),
      wire('ai_error_rate', 0.01),
      wire('harm_e_value', 20, 0.01),
      wire('csat_satisfied_rate', 0.99),
    ]
    const unmeasured = months({ reviews: 0, errors: 0, offered: 0 })
    expect(checkTripWires(all, unmeasured)).toEqual([])
    expect(checkTripWires([wire('ai_error_rate', 0.01)], months({ errors: 200, reviews: 100 }))).toEqual([])
    expect(checkTripWires(all, [])).toEqual([])
  })

  it('weighs reviews that stand for unequal numbers of contacts, and says nothing of harm to them', () => {
    const [month] = months({ errors: 41, reviews: 200 })
    const of = (unflagged: number, flagged: number) => [
      {
        ...(month as TypeMonth),
        strata: [
          { stratum: 'unflagged', population: 9000, drawn: 100, reviewed: 100, errors: unflagged },
          { stratum: 'flagged', population: 1000, drawn: 100, reviewed: 100, errors: flagged },
        ],
      },
    ]
    const wires = [wire('ai_error_rate', 0.05), wire('harm_e_value', 20, 0.05)]
    expect(checkTripWires(wires, of(1, 40))).toEqual([])
    expect(checkTripWires(wires, of(31, 10))).toMatchObject([
      { wire: { metric: 'ai_error_rate' }, reason: expect.stringMatching(/weighted by stratum: .* at least/) },
    ])
    const [unknown] = of(31, 10)
    const sized = unknown?.strata.map((stratum) => ({ ...stratum, population: 0 })) ?? []
    expect(checkTripWires(wires, [{ ...(unknown as TypeMonth), strata: sized }])).toEqual([])
  })
})
