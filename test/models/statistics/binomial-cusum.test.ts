import binomialPmf from '@stdlib/stats-base-dists-binomial-pmf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { binomialCusum, binomialCusumRunLength } from '#models/statistics/binomial-cusum.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

const design = { acceptableShare: 0.02, harmfulShare: 0.05, interval: 3 }

/** Mean time to the first signal: the distribution of the sum, period by period, until hardly any series is left. */
function plainRunLength(n: number, share: number, interval: number): number {
  let sums = new Map<number, number>([[0, 1]])
  let runLength = 0
  for (let alive = 1; alive > 1e-13; ) {
    alive = [...sums.values()].reduce((total, probability) => total + probability, 0)
    runLength += alive
    const next = new Map<number, number>()
    for (const [sum, probability] of sums) {
      for (let k = 0; k <= n; k += 1) {
        const moved = Math.max(0, sum + k * Math.log(0.05 / 0.02) + (n - k) * Math.log(0.95 / 0.98))
        const chance = probability * binomialPmf(k, n, share)
        // Sums that differ by rounding only are one.
        const state = Number(moved.toFixed(9))
        if (moved < interval && chance > 1e-18) next.set(state, (next.get(state) ?? 0) + chance)
      }
    }
    sums = next
  }
  return runLength
}

describe('binomialCusum', () => {
  it('weighs a period by how much better the harmful share explains it', () => {
    const [period] = binomialCusum([{ k: 5, n: 80 }], design)
    expectClose(period?.weight, 5 * Math.log(2.5) + 75 * Math.log(0.95 / 0.98), 1e-12)
    expect(period?.sum).toBe(period?.weight)
  })

  it('stays at 0 through good periods and an empty one changes nothing', () => {
    const points = binomialCusum(
      [
        { k: 0, n: 80 },
        { k: 4, n: 80 },
        { k: 0, n: 0 },
      ],
      design,
    )
    expect(points[0]?.sum).toBe(0)
    expect(points[2]?.sum).toBe(points[1]?.sum)
  })

  it('never falls below 0', () => {
    const period = fc.integer({ min: 0, max: 200 }).chain((n) => fc.nat(n).map((k) => ({ k, n })))
    fc.assert(
      fc.property(fc.array(period), (periods) => {
        for (const { sum } of binomialCusum(periods, design)) expect(sum).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('refuses a design that looks for an improvement', () => {
    expect(() => binomialCusum([], { ...design, harmfulShare: 0.01 })).toThrow(OversightError)
  })
})

describe('binomialCusumRunLength', () => {
  it('of 80 a week is about 108 weeks at 2 % and 3.1 weeks at 5 %', () => {
    expectClose(binomialCusumRunLength(80, 0.02, design), 108.38, 0.005)
    expectClose(binomialCusumRunLength(80, 0.05, design), 3.135, 0.0005)
  })

  it('is what a plain program finds that follows the sum through time', () => {
    for (const interval of [3, 3.5]) {
      expectClose(binomialCusumRunLength(150, 0.05, { ...design, interval }), plainRunLength(150, 0.05, interval), 1e-9)
    }
  })

  it('shrinks as the share grows', () => {
    const lengths = [0.01, 0.02, 0.03, 0.05, 0.1].map((share) => binomialCusumRunLength(80, share, design))
    expect(lengths).toEqual([...lengths].sort((left, right) => right - left))
  })
})

describeOracle('binomial_cusum.csv', () => {
  it('weights, sums and signals', () => {
    const rows = oracleRows('binomial_cusum')
    const points = binomialCusum(
      rows.map((row) => ({ k: num(row, 'k'), n: num(row, 'n') })),
      design,
    )
    for (const [index, row] of rows.entries()) {
      expectClose(points[index]?.weight, num(row, 'weight'), CLOSED_FORM)
      expectClose(points[index]?.sum, num(row, 'cusum'), CLOSED_FORM)
      expect(points[index]?.isSignal).toBe(row.signal === 'TRUE')
    }
  })
})

describeOracle('binomial_cusum_arl.csv', () => {
  // The reference merges states of the chain that lie close together, which costs it up to 7e-5 of the run length (150
  // at 0.02, 0.05, h = 3.5); most rows agree to 1e-9. Ours keeps every state, as the plain program above confirms.
  it.each(oracleRows('binomial_cusum_arl'))('$n_per_period at $p0, $p1, h = $h', (row) => {
    const used = { acceptableShare: num(row, 'p0'), harmfulShare: num(row, 'p1'), interval: num(row, 'h') }
    const n = num(row, 'n_per_period')
    const isMerged = n === 150 && used.interval >= 3
    for (const [share, column] of [
      [used.acceptableShare, 'arl_at_p0'],
      [used.harmfulShare, 'arl_at_p1'],
    ] as const) {
      const tolerance = isMerged ? 8e-5 : CLOSED_FORM
      expectClose(binomialCusumRunLength(n, share, used) / num(row, column), 1, tolerance, column)
    }
  })
})
