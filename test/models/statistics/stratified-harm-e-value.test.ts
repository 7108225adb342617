import { describe, expect, it } from 'vitest'
import { binomialAtMost } from '#models/statistics/binomial-tail.ts'
import { bonferroniLower } from '#models/statistics/bonferroni-bounds.ts'
import { harmEValue } from '#models/statistics/e-values.ts'
import { stratifiedHarmEValue } from '#models/statistics/stratified-harm-e-value.ts'
import { expectClose } from './closeness.ts'

const two = (flagged: number, unflagged: number) => [
  { population: 9000, sampled: 100, hits: unflagged },
  { population: 1000, sampled: 100, hits: flagged },
]
const probability = (hits: number, sampled: number, share: number) =>
  binomialAtMost(hits, sampled, share) - (hits === 0 ? 0 : binomialAtMost(hits - 1, sampled, share))

describe('stratifiedHarmEValue', () => {
  it('is 1 / (2 sqrt p) of the exact p-value where there is one stratum, and asks for more than the likelihood ratio', () => {
    const one = [{ population: 500, sampled: 100, hits: 16 }]
    expectClose(stratifiedHarmEValue(one, 0.05), 0.5 / Math.sqrt(1 - binomialAtMost(15, 100, 0.05)), 1e-6)
    expect(stratifiedHarmEValue(one, 0.05)).toBeLessThan(harmEValue(16, 100, 0.05))
  })

  it('is not alarmed by errors found where many were looked for, and is by those of the large stratum', () => {
    expect(stratifiedHarmEValue(two(40, 1), 0.05)).toBeLessThan(1)
    expect(harmEValue(41, 200, 0.05)).toBeGreaterThan(20)
    expect(stratifiedHarmEValue(two(10, 25), 0.05)).toBeGreaterThan(20)
  })

  it('reaches 20 exactly where the bound at 0.000625 passes the limit', () => {
    for (let hits = 0; hits <= 40; hits += 1) {
      const strata = two(hits, hits)
      expect(stratifiedHarmEValue(strata, 0.05) >= 20).toBe(bonferroniLower(strata, 0.000625) > 0.05)
    }
  })

  it('has a mean of at most 1 at the limit, over every outcome', () => {
    for (const [first, second] of [
      [0.05, 0.05],
      [0.04, 0.14],
      [0.01, 0.41],
    ] as const) {
      let mean = 0
      for (let unflagged = 0; unflagged <= 40; unflagged += 1) {
        for (let flagged = 0; flagged <= 40; flagged += 1) {
          const strata = [
            { population: 9000, sampled: 40, hits: unflagged },
            { population: 1000, sampled: 40, hits: flagged },
          ]
          const chance = probability(unflagged, 40, first) * probability(flagged, 40, second)
          if (chance > 1e-14) mean += chance * stratifiedHarmEValue(strata, 0.05)
        }
      }
      expect(mean).toBeLessThanOrEqual(1)
    }
  })

  it('knows nothing without a review', () => {
    expect(stratifiedHarmEValue([], 0.05)).toBe(0.5)
    expect(stratifiedHarmEValue([{ population: 10, sampled: 0, hits: 0 }], 0.05)).toBe(0.5)
  })
})
