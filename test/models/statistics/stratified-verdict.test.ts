import { describe, expect, it } from 'vitest'
import { stratifiedVerdict } from '#models/statistics/stratified-verdict.ts'
import { threeWayVerdict } from '#models/statistics/three-way-verdict.ts'
import { describeOracle, num, oracleRows } from './oracle.ts'
import { oracleStrata } from './strata.ts'

const clean = { population: 900, sampled: 100, hits: 0 }

describe('stratifiedVerdict', () => {
  it('of one stratum at 5 % passes with 1 of 100, fails with 10, and leaves open what lies between', () => {
    for (let hits = 0; hits <= 100; hits += 1) {
      const { verdict } = stratifiedVerdict([{ ...clean, hits }], 0.05)
      expect(verdict).toBe(hits <= 1 ? 'pass' : hits >= 10 ? 'fail' : 'inconclusive')
      expect(verdict).toBe(threeWayVerdict(hits, 100, 0.05, 0.05, 0.05).verdict)
    }
  })

  it('decides nothing on evidence that is not there, and says why', () => {
    expect(stratifiedVerdict([clean], 0.05, { isFinal: false })).toMatchObject({
      verdict: 'inconclusive',
      reason: 'not_final',
    })
    expect(stratifiedVerdict([clean], 0.05, { completion: 0.89 }).reason).toBe('reviews_missing')
    expect(stratifiedVerdict([clean], 0.05, { completion: 0.9 }).verdict).toBe('pass')
    expect(stratifiedVerdict([clean], 0.05, { reviewsPerStratum: 101 }).reason).toBe('too_few_reviews')
    expect(stratifiedVerdict([], 0.05)).toEqual({
      verdict: 'inconclusive',
      reason: 'too_few_reviews',
      upper: 1,
      lower: 0,
    })
  })

  it('accepts a small stratum that was reviewed as a whole', () => {
    const census = { population: 12, sampled: 12, hits: 0 }
    expect(stratifiedVerdict([clean, census], 0.05, { reviewsPerStratum: 30 }).reason).toBeNull()
    expect(stratifiedVerdict([clean, { ...census, sampled: 11 }], 0.05, { reviewsPerStratum: 30 }).reason).toBe(
      'too_few_reviews',
    )
  })
})

describeOracle('three_way_verdict.csv', () => {
  it('every row', () => {
    for (const row of oracleRows('three_way_verdict')) {
      const { verdict } = stratifiedVerdict(
        [{ population: 100_000, sampled: num(row, 'n'), hits: num(row, 'k') }],
        num(row, 'limit'),
        { alphaPass: num(row, 'alpha_go'), alphaFail: num(row, 'alpha_nogo') },
      )
      expect(verdict, JSON.stringify(row)).toBe(row.verdict)
    }
  })
})

describeOracle('stratified.csv', () => {
  it.each(oracleRows('stratified'))('$scenario', (row) => {
    expect(stratifiedVerdict(oracleStrata(row), 0.05).verdict).toBe(row.verdict_limit_5pct)
  })
})
