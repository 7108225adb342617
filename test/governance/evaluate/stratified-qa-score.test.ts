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

interface Plain {
  mean: number
  reviews: number
  deviation: number
}

/** G2 of nine months; the points of each hold what all its strata together give, unless `plain` says otherwise. */
function gateOf(
  strata: readonly StratumCounts[] | ((month: string) => readonly StratumCounts[]),
  plain?: Plain,
): GateResult {
  const at = (month: string) => (typeof strata === 'function' ? strata(month) : strata)
  const history = typeHistory(
    type,
    '2026-01',
    months.map((month) => {
      const { mean, reviews, deviation } = plain ?? together(at(month))
      return { errors: 0, reviews, score: reviews === 0 ? null : { mean, standardDeviation: deviation } }
    }),
  )
  const weighted = history.months.map((each): TypeMonth => {
    const own = at(each.month)
    return own.length === 0 ? each : { ...each, strata: own }
  })
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

function together(strata: readonly StratumCounts[]): Plain {
  const sum = (count: 'scored' | 'scoreSum' | 'scoreSquareSum') =>
    strata.reduce((all, each) => all + (each[count] ?? 0), 0)
  const reviews = sum('scored')
  const mean = sum('scoreSum') / Math.max(1, reviews)
  const squares = Math.max(0, sum('scoreSquareSum') - reviews * mean ** 2)
  return { mean, reviews, deviation: Math.sqrt(squares / Math.max(1, reviews - 1)) }
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

  it('judges nothing on a stratum without a score, or of unknown size', () => {
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
  })

  it('judges nothing on a few reviews that stand for most contacts, however much these agree', () => {
    const few = { stratum: 'unflagged', population: 9900, reviewed: 1, mean: 85, spread: 0 }
    const many = { stratum: 'flagged', population: 100, reviewed: 58, mean: 95, spread: 5 }
    expect(gateOf(strataOf([few, many]))).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/177 scored random reviews.*tell no more than 3 would; the policy asks for 30/),
      cure: 'More scored random reviews of the strata that stand for most contacts.',
    })
  })

  it('judges nothing on a single score of a stratum, which says nothing of how scores vary', () => {
    const strata = strataOf([unflagged, { ...flagged, stratum: 'rare', population: 10, scored: 1 }])
    const gate = gateOf((month) => (month === '2026-09' ? strata : strataOf([unflagged])))
    expect(gate).toMatchObject({
      verdict: 'inconclusive',
      reason: 'Stratum rare has a single scored random review, which says nothing of how scores vary.',
    })
  })

  it('leaves a month without any score out, with strata as without', () => {
    const strata = strataOf([unflagged, flagged])
    const unscored = strataOf([
      { ...unflagged, scored: 0 },
      { ...flagged, scored: 0 },
    ])
    const gate = gateOf((month) => (month === '2026-08' ? unscored : strata))
    expect(gate).toMatchObject({ verdict: 'pass', value: expect.closeTo(92.6, 9) })
  })

  it('keeps the months apart whose sampling fractions differ by half or more', () => {
    const september = strataOf([{ ...unflagged, reviewed: 90, mean: 91 }, flagged])
    const earlier = strataOf([unflagged, flagged])
    const cell = ({ population, scored = 0, scoreSum = 0, scoreSquareSum = 0 }: StratumCounts, months = 1) => ({
      population: population * months,
      n: scored * months,
      sum: scoreSum * months,
      sumOfSquares: scoreSquareSum * months,
    })
    const [july, , flaggedOnce, now] = [earlier[0], null, earlier[1], september[0]]
    if (july === undefined || flaggedOnce === undefined || now === undefined) throw new Error('no strata')
    const expected = stratifiedMean([cell(july), cell(july), cell(now), cell(flaggedOnce, 3)], 0.05)
    const gate = gateOf((month) => (month === '2026-09' ? september : earlier))
    expect(gate.value).toBeCloseTo(expected?.mean ?? Number.NaN, 9)
    expect(gate.decisiveBound).toBeCloseTo(expected?.spread?.lower ?? Number.NaN, 9)
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
