import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { GateResult, StratumCounts, TypeMonth } from '#governance/evaluate/evaluation.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { bonferroniLower } from '#models/statistics/bonferroni-bounds.ts'
import { moverUpper } from '#models/statistics/mover-upper.ts'
import { stratifiedRate } from '#models/statistics/stratified-rate.ts'
import { type MonthFacts, typeHistory, typeStanding } from '#test/build/type-history.ts'

const type = 'refund_request'
const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09']

const stratum = (name: string, population: number, reviewed: number, errors: number): StratumCounts => ({
  stratum: name,
  population,
  drawn: reviewed,
  reviewed,
  errors,
})

/** Nine equal months of a type whose random reviews have these strata; each month may have others. */
function gatesOf(
  strata: readonly StratumCounts[] | ((month: string) => readonly StratumCounts[]),
  facts: MonthFacts = {},
): GateResult[] {
  const at = (month: string) => (typeof strata === 'function' ? strata(month) : strata)
  const sum = (month: string, count: 'reviewed' | 'errors') => at(month).reduce((all, each) => all + each[count], 0)
  const history = typeHistory(
    type,
    '2026-01',
    months.map((month) => ({ errors: sum(month, 'errors'), reviews: sum(month, 'reviewed'), ...facts })),
  )
  const weighted = history.months.map((each): TypeMonth => ({ ...each, strata: at(each.month) }))
  const [evaluation] = evaluateMonth(
    defaultPolicy,
    parseMonth('2026-09'),
    [{ ...history, months: weighted }],
    [typeStanding(type)],
    { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' },
  )
  return [...(evaluation?.gates ?? [])]
}

const gate = (gates: readonly GateResult[], id: string) => gates.find((each) => each.gate === id)

describe('the error rate over strata', () => {
  it('weights each stratum by its contacts: many errors found where many were looked for do not count double', () => {
    // Scenario A of methods.md 1.2: naive 5.5 %, correct 1.9 %.
    const gates = gatesOf([stratum('unflagged', 9000, 100, 1), stratum('flagged', 1000, 100, 10)])
    const pooled = [
      { population: 27000, sampled: 300, hits: 3 },
      { population: 3000, sampled: 300, hits: 30 },
    ]
    expect(gate(gates, 'G1')).toMatchObject({
      verdict: 'pass',
      numerator: 33,
      denominator: 600,
      decisiveBound: moverUpper(pooled, 0.01),
      reason: expect.stringContaining('weighted by stratum'),
    })
    expect(gate(gates, 'G1')?.value).toBeCloseTo(0.019, 12)
    expect(gate(gates, 'G1')?.lower).toBeCloseTo(stratifiedRate(pooled)?.lower ?? Number.NaN, 12)
    expect(gate(gates, 'G1')?.upper).toBeCloseTo(stratifiedRate(pooled)?.upper ?? Number.NaN, 12)
    expect(gate(gates, 'G8')).toMatchObject({ verdict: 'pass' })
  })

  it('does not pass errors that hide where few were looked for', () => {
    // Scenario G: naive 2.25 %, correct 5.75 %.
    const gates = gatesOf([stratum('unflagged', 9500, 100, 6), stratum('flagged', 500, 300, 3)])
    expect(gate(gates, 'G1')?.value).toBeCloseTo(0.0575, 12)
    expect(gate(gates, 'G1')).toMatchObject({ verdict: 'inconclusive' })
    expect(gate(gates, 'G8')).toMatchObject({ verdict: 'inconclusive' })
    expect(gate(gates, 'G10')).toMatchObject({ verdict: 'inconclusive' })
  })

  it('fails when the guaranteed lower bound of the month lies over the limit', () => {
    const strata = [stratum('unflagged', 9000, 100, 20), stratum('flagged', 1000, 100, 30)]
    const lower = bonferroniLower(
      strata.map(({ population, reviewed, errors }) => ({ population, sampled: reviewed, hits: errors })),
      0.05,
    )
    expect(gate(gatesOf(strata), 'G1')).toMatchObject({ verdict: 'fail', decisiveBound: lower, decisiveSide: 'lower' })
  })

  it('passes nothing on a stratum without a review, or on reviews of unknown weight', () => {
    expect(gate(gatesOf([stratum('a', 9000, 400, 0), stratum('b', 10, 0, 0)]), 'G1')).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('stratum b'),
    })
    expect(gate(gatesOf([stratum('a', 9000, 400, 0), stratum('typo', 0, 1, 0)]), 'G1')).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('3 random reviews of strata whose size is not known'),
    })
  })

  it('keeps the months apart whose sampling fractions differ by half or more', () => {
    const gates = gatesOf((month) => [
      stratum('a', 9000, month === '2026-09' ? 150 : 100, 1),
      stratum('b', 1000, 100, 1),
    ])
    const bound = moverUpper(
      [
        { population: 9000, sampled: 100, hits: 1 },
        { population: 9000, sampled: 100, hits: 1 },
        { population: 9000, sampled: 150, hits: 1 },
        { population: 3000, sampled: 300, hits: 3 },
      ],
      0.01,
    )
    expect(gate(gates, 'G1')?.decisiveBound).toBeCloseTo(bound, 12)
  })

  it('is with one stratum what it is without any', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 60 }), (reviewed, found) => {
        const errors = Math.min(found, reviewed)
        const one = gate(gatesOf([stratum('all', 3000, reviewed, errors)]), 'G1')
        const none = gate(gatesOf([], { errors, reviews: reviewed }), 'G1')
        expect(one?.verdict).toBe(none?.verdict)
        expect(one?.decisiveBound).toBeCloseTo(none?.decisiveBound ?? Number.NaN, 10)
        expect(one?.value).toBeCloseTo(none?.value ?? Number.NaN, 12)
        expect(one?.upper).toBeCloseTo(none?.upper ?? Number.NaN, 10)
      }),
      { seed: 20261121, numRuns: 60 },
    )
  })
})
