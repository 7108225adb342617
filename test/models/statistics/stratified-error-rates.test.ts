import binomialPmf from '@stdlib/stats-base-dists-binomial-pmf'
import { describe, expect, it } from 'vitest'
import { bonferroniLower, bonferroniUpper } from '#models/statistics/bonferroni-bounds.ts'
import { moverUpper } from '#models/statistics/mover-upper.ts'
import { seededRandom } from '#models/statistics/seeded-random.ts'
import type { Stratum } from '#models/statistics/stratified-rate.ts'
import { expectClose } from './closeness.ts'
import { describeOracle, num, type OracleRow, oracleRows } from './oracle.ts'

/** Populations so large that sampling without replacement does not matter, in the given proportion. */
function strataOf(design: Design, hits: readonly number[]): Stratum[] {
  return design.sizes.map((sampled, index) => ({
    population: Math.round((design.weights[index] ?? 0) * 100_000),
    sampled,
    hits: hits[index] ?? 0,
  }))
}

interface Design {
  readonly sizes: readonly [number, number]
  readonly weights: readonly [number, number]
}

/** For each number of hits in the first stratum, in how many of the second the condition holds, from none upwards. */
function acceptedCounts(design: Design, holds: (strata: Stratum[]) => boolean): number[] {
  const [first, second] = design.sizes
  // The bound rises with every hit, so the accepted region is a staircase: walk its edge.
  const counts: number[] = []
  let accepted = second + 1
  for (let hits = 0; hits <= first; hits += 1) {
    while (accepted > 0 && !holds(strataOf(design, [hits, accepted - 1]))) accepted -= 1
    counts.push(accepted)
  }
  return counts
}

/** P(the counts fall in the staircase) at the given true shares, summed over every outcome. */
function chance(design: Design, accepted: readonly number[], shares: readonly [number, number]): number {
  const [first, second] = design.sizes
  const cumulative: number[] = [0]
  for (let hits = 0; hits <= second; hits += 1) {
    cumulative.push((cumulative[hits] ?? 0) + binomialPmf(hits, second, shares[1]))
  }
  return accepted.reduce(
    (sum, count, hits) => (count === 0 ? sum : sum + binomialPmf(hits, first, shares[0]) * (cumulative[count] ?? 1)),
    0,
  )
}

/** Pairs of shares that average to the limit: the worst cases of a rule that must not let the limit through. */
function boundaryShares({ weights }: Design, limit: number, steps: number): [number, number][] {
  const most = Math.min(1, limit / weights[1])
  return Array.from({ length: steps + 1 }, (_, step) => {
    const second = (most * step) / steps
    return [Math.max(0, (limit - weights[1] * second) / weights[0]), second]
  })
}

/** Designs drawn at random: 20 to 250 reviews a stratum, half to 99 % of contacts in the first one. */
function someDesigns(count: number, seed: number): { design: Design; limit: number }[] {
  const random = seededRandom(seed)
  const limits = [0.05, 0.02, 0.1, 0.15]
  return Array.from({ length: count }, (_, index) => {
    const heavy = Math.round((0.5 + 0.49 * random()) * 100) / 100
    const size = () => Math.round(20 + 230 * random() ** 2)
    return { design: { sizes: [size(), size()], weights: [heavy, 1 - heavy] }, limit: limits[index % 4] ?? 0.05 }
  })
}

describe('the chance that a type at the limit is let through, summed over every outcome', () => {
  it.each([0.05, 0.01, 0.005])('of moverUpper is at most alpha = %s in 200 designs of two strata', (alpha) => {
    for (const { design, limit } of someDesigns(200, 20261)) {
      const accepted = acceptedCounts(design, (strata) => moverUpper(strata, alpha) <= limit)
      for (const shares of boundaryShares(design, limit, 20)) {
        expect(chance(design, accepted, shares), JSON.stringify({ design, limit, shares })).toBeLessThanOrEqual(alpha)
      }
    }
  })

  it('of moverUpper can exceed a small alpha at a limit of 20 %, by half of it at most; bonferroniUpper does not', () => {
    const design: Design = { sizes: [379, 24], weights: [0.81, 0.19] }
    const shares: [number, number] = [(0.2 - 0.19 * (29 / 30)) / 0.81, 29 / 30]
    const mover = acceptedCounts(design, (strata) => moverUpper(strata, 0.005) <= 0.2)
    expectClose(chance(design, mover, shares), 0.007, 0.0003)
    const bonferroni = acceptedCounts(design, (strata) => bonferroniUpper(strata, 0.005) <= 0.2)
    expect(chance(design, bonferroni, shares)).toBeLessThanOrEqual(0.005)
  })

  it('of bonferroniUpper, which is proved, is smaller still', () => {
    for (const { design, limit } of someDesigns(60, 20262)) {
      const accepted = acceptedCounts(design, (strata) => bonferroniUpper(strata, 0.05) <= limit)
      for (const shares of boundaryShares(design, limit, 20)) {
        expect(chance(design, accepted, shares)).toBeLessThanOrEqual(0.05)
      }
    }
  })
})

describe('the chance that a type at the limit is failed', () => {
  it.each([0.05, 0.01])('by bonferroniLower is at most alpha = %s', (alpha) => {
    for (const { design, limit } of someDesigns(100, 20263)) {
      const kept = acceptedCounts(design, (strata) => bonferroniLower(strata, alpha) <= limit)
      for (const shares of boundaryShares(design, limit, 20)) {
        expect(1 - chance(design, kept, shares), JSON.stringify({ design, limit, shares })).toBeLessThanOrEqual(alpha)
      }
    }
  })
})

describeOracle('stratified_false_go_exact.csv', () => {
  const regions = new Map<string, { mover: number[]; bonferroni: number[] }>()
  const designOf = (row: OracleRow): Design => ({
    sizes: [num(row, 'n1'), num(row, 'n2')],
    weights: [num(row, 'W1'), num(row, 'W2')],
  })

  it('the chance of every row, at alpha = 0.05', () => {
    for (const row of oracleRows('stratified_false_go_exact')) {
      const design = designOf(row)
      const limit = num(row, 'p_true')
      const key = JSON.stringify([design, limit])
      const found = regions.get(key) ?? {
        mover: acceptedCounts(design, (strata) => moverUpper(strata, 0.05) <= limit),
        bonferroni: acceptedCounts(design, (strata) => bonferroniUpper(strata, 0.05) <= limit),
      }
      regions.set(key, found)
      const second = num(row, 'p2')
      const shares: [number, number] = [Math.max(0, (limit - design.weights[1] * second) / design.weights[0]), second]
      // The file has six decimals.
      expectClose(chance(design, found.mover, shares), num(row, 'mover_cp'), 1e-6, JSON.stringify(row))
      expectClose(chance(design, found.bonferroni, shares), num(row, 'bonf_cp'), 1e-6, JSON.stringify(row))
    }
  })
})
