import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { GateResult, StratumCounts, TypeMonth } from '#governance/evaluate/evaluation.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { stratifiedMean } from '#models/statistics/stratified-mean.ts'
import { typeHistory, typeStanding } from '#test/build/type-history.ts'

const type = 'refund_request'
const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09']

/** Reviews of one stratum; half of the scores lie `spread` over the mean, half under it. */
interface Scored {
  stratum: string
  population: number
  reviewed: number
  mean: number
  spread: number
  scored?: number
}

function strataOf(groups: readonly Scored[]): StratumCounts[] {
  return groups.map(({ stratum, population, reviewed, mean, spread, scored = reviewed }) => ({
    stratum,
    population,
    drawn: reviewed,
    reviewed,
    errors: 0,
    scored,
    scoreSum: scored * mean,
    scoreSquareSum: scored * (mean ** 2 + spread ** 2),
  }))
}

/** G2 of nine equal months; the points of the months hold what all strata together give. */
function gateOf(
  strata: readonly StratumCounts[],
  plain?: { mean: number; reviews: number; deviation: number },
): GateResult {
  const sum = (count: 'scored' | 'scoreSum' | 'scoreSquareSum') =>
    strata.reduce((all, each) => all + (each[count] ?? 0), 0)
  const reviews = plain?.reviews ?? Math.max(1, sum('scored'))
  const mean = plain?.mean ?? sum('scoreSum') / reviews
  const squares = sum('scoreSquareSum')
  const standardDeviation =
    plain?.deviation ?? Math.sqrt(Math.max(0, squares - reviews * mean ** 2) / Math.max(1, reviews - 1))
  const history = typeHistory(
    type,
    '2026-01',
    months.map(() => ({ errors: 0, reviews, score: { mean, standardDeviation } })),
  )
  const weighted = history.months.map((each): TypeMonth => (strata.length === 0 ? each : { ...each, strata }))
  const [evaluation] = evaluateMonth(
    defaultPolicy,
    parseMonth('2026-09'),
    [{ ...history, months: weighted }],
    [typeStanding(type)],
    { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' },
  )
  const gate = evaluation?.gates.find((each) => each.gate === 'G2')
  if (gate === undefined) throw new Error('G2 is missing')
  return gate
}

describe('the QA score over strata', () => {
  const unflagged = { stratum: 'unflagged', population: 9000, reviewed: 60, mean: 94, spread: 4 }
  const flagged = { stratum: 'flagged', population: 1000, reviewed: 60, mean: 80, spread: 8 }

  it('weights each stratum by its contacts: the plain mean of 87 would fail a score of 92.6', () => {
    const pooled = stratifiedMean(
      strataOf([unflagged, flagged]).map(({ population, scored = 0, scoreSum = 0, scoreSquareSum = 0 }) => ({
        population: population * 3,
        n: scored * 3,
        sum: scoreSum * 3,
        sumOfSquares: scoreSquareSum * 3,
      })),
      0.05,
    )
    const gate = gateOf(strataOf([unflagged, flagged]))
    expect(gate).toMatchObject({
      verdict: 'pass',
      denominator: 360,
      decisiveSide: 'lower',
      reason: expect.stringContaining('weighted by stratum'),
    })
    expect(gate.value).toBeCloseTo(92.6, 9)
    expect(gate.decisiveBound).toBeCloseTo(pooled?.spread?.lower ?? Number.NaN, 9)
    expect(gateOf([], { mean: 87, reviews: 120, deviation: 9 }).verdict).toBe('fail')
  })

  it('fails a low score that hides where few were scored', () => {
    const gate = gateOf(
      strataOf([
        { ...unflagged, mean: 86, reviewed: 40 },
        { ...flagged, mean: 98, reviewed: 200 },
      ]),
    )
    expect(gate).toMatchObject({ verdict: 'fail', decisiveSide: 'upper' })
    expect(gate.value).toBeCloseTo(87.2, 9)
  })

  it('judges nothing on a stratum without a score, with a single one, or of unknown size', () => {
    const none = strataOf([unflagged, { ...flagged, scored: 0 }])
    expect(gateOf(none)).toMatchObject({
      verdict: 'inconclusive',
      reason: 'No scored random review of stratum flagged was completed, so its score is unknown.',
    })
    const unknown = strataOf([unflagged, { ...flagged, population: 0 }])
    expect(gateOf(unknown)).toMatchObject({
      verdict: 'inconclusive',
      reason: '180 scored random reviews of strata whose size is not known cannot be weighted.',
    })
    // Fractions that differ between months keep a stratum apart, and one score a month then has no spread.
    const single = strataOf([unflagged, { ...flagged, scored: 1 }])
    expect(gateOf(single).verdict).toBe('pass')
  })

  it('is with one stratum what it is without any', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 300 }),
        fc.integer({ min: 50, max: 100 }),
        fc.integer({ min: 0, max: 30 }),
        (reviewed, mean, spread) => {
          const strata = strataOf([{ stratum: 'all', population: 3000, reviewed, mean, spread }])
          const [one, none] = [
            gateOf(strata),
            gateOf([], {
              mean,
              reviews: reviewed,
              deviation: Math.sqrt((reviewed * spread ** 2) / (reviewed - 1)),
            }),
          ]
          expect(one.verdict).toBe(none.verdict)
          expect(one.value).toBeCloseTo(none.value ?? Number.NaN, 9)
          expect(one.decisiveBound).toBeCloseTo(none.decisiveBound ?? Number.NaN, 8)
          expect(one.upper).toBeCloseTo(none.upper ?? Number.NaN, 8)
        },
      ),
      { seed: 20261129, numRuns: 60 },
    )
  })

  it('judges evidence that was frozen before strata held scores by the plain mean, as it was then', () => {
    const frozen = strataOf([unflagged, flagged]).map(
      ({ scored: _scored, scoreSum: _sum, scoreSquareSum: _squares, ...counts }): StratumCounts => counts,
    )
    expect(gateOf(frozen, { mean: 87, reviews: 120, deviation: 9 })).toEqual(
      gateOf([], { mean: 87, reviews: 120, deviation: 9 }),
    )
  })
})
