import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from '#models/statistics/benjamini-hochberg.ts'
import { clopperPearsonInterval, clopperPearsonLower, clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { inconclusiveBand } from '#models/statistics/inconclusive-band.ts'
import { meanBounds } from '#models/statistics/mean-bounds.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import { reviewsToConclude } from '#models/statistics/reviews-to-conclude.ts'
import { threeWayVerdict } from '#models/statistics/three-way-verdict.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'

const seeded = { seed: 20261001, numRuns: 300 }
const counts = fc.integer({ min: 1, max: 3000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))
const alpha = fc.constantFrom(0.005, 0.01, 0.025, 0.05, 0.1)

describe.each([
  ['wilsonInterval', wilsonInterval],
  ['clopperPearsonInterval', clopperPearsonInterval],
] as const)('%s', (_, interval) => {
  it('holds the observed share, inside 0..1', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const { lower, upper } = interval(k, n)
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(upper).toBeLessThanOrEqual(1)
        expect(lower).toBeLessThanOrEqual(k / n)
        expect(upper).toBeGreaterThanOrEqual(k / n)
      }),
      seeded,
    )
  })

  it('moves up with every error more', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        fc.pre(k < n)
        const [less, more] = [interval(k, n), interval(k + 1, n)]
        expect(more.lower).toBeGreaterThan(less.lower)
        expect(more.upper).toBeGreaterThanOrEqual(less.upper)
      }),
      seeded,
    )
  })

  it('shrinks when the sample doubles at the same share, and grows with confidence', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const width = (limits: { lower: number; upper: number }) => limits.upper - limits.lower
        expect(width(interval(2 * k, 2 * n))).toBeLessThan(width(interval(k, n)))
        expect(width(interval(k, n, 0.99))).toBeGreaterThan(width(interval(k, n, 0.9)))
      }),
      seeded,
    )
  })

  it('is mirrored for successes and knows nothing without a sample', () => {
    fc.assert(
      fc.property(counts, ([k, n]) => {
        const [errors, successes] = [interval(k, n), interval(n - k, n)]
        expect(errors.lower).toBeCloseTo(1 - successes.upper, 9)
        expect(errors.upper).toBeCloseTo(1 - successes.lower, 9)
      }),
      seeded,
    )
    expect(interval(0, 0)).toEqual({ lower: 0, upper: 1 })
  })

  it('refuses impossible counts', () => {
    for (const [k, n] of [
      [2, 1],
      [-1, 5],
      [Number.NaN, 3],
    ] as const) {
      expect(() => interval(k, n)).toThrow(/0 <= k <= n/)
    }
  })
})

describe('the band and the verdict', () => {
  it('agree for every count: pass up to the band, fail from it on, inconclusive inside', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        // No limit on which a tail ties with an alpha: one review at 10 % has a tail of exactly 0.1.
        fc.constantFrom(0.013, 0.021, 0.047, 0.093),
        alpha,
        alpha,
        (n, limit, pass, fail) => {
          const { passAtMost, failAtLeast } = inconclusiveBand(n, limit, pass, fail)
          expect(passAtMost).toBeLessThan(failAtLeast)
          for (const k of [passAtMost, passAtMost + 1, failAtLeast - 1, failAtLeast]) {
            if (k < 0 || k > n) continue
            const expected = k <= passAtMost ? 'pass' : k >= failAtLeast ? 'fail' : 'inconclusive'
            expect(threeWayVerdict(k, n, limit, pass, fail).verdict).toBe(expected)
          }
        },
      ),
      seeded,
    )
  })

  it('name a number of reviews that just passes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 300 }),
        fc.constantFrom(0.02, 0.05),
        alpha,
        (k, extra, limit, a) => {
          const n = k + extra
          const additional = reviewsToConclude(k, n, limit, a)
          expect(clopperPearsonUpper(k, n + additional, a)).toBeLessThanOrEqual(limit + 1e-12)
          if (additional > 0) expect(clopperPearsonUpper(k, n + additional - 1, a)).toBeGreaterThan(limit)
        },
      ),
      seeded,
    )
  })
})

describe('a difference of two shares', () => {
  it('lies in its bounds and turns its sign when the shares change places', () => {
    fc.assert(
      fc.property(counts, counts, alpha, ([k1, n1], [k2, n2], a) => {
        const there = newcombeDifference(k1, n1, k2, n2, a)
        const back = newcombeDifference(k2, n2, k1, n1, a)
        expect(there.lower).toBeLessThanOrEqual(there.difference)
        expect(there.upper).toBeGreaterThanOrEqual(there.difference)
        expect(there.lower).toBeCloseTo(-back.upper, 12)
      }),
      seeded,
    )
  })
})

describe('bounds of a mean', () => {
  it('hold the mean, and close in with more of the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 60 }), alpha, (centi, a) => {
        const sums = (times: number) => ({
          n: centi.length * times,
          sum: (times * centi.reduce((total, each) => total + each, 0)) / 100,
          squares: (times * centi.reduce((total, each) => total + each * each, 0)) / 10_000,
        })
        const [once, four] = [sums(1), sums(4)]
        const bounds = meanBounds(once.n, once.sum, once.squares, a)
        const more = meanBounds(four.n, four.sum, four.squares, a)
        if (bounds === null || more === null) throw new Error('two scores have a spread')
        expect(bounds.lower).toBeLessThanOrEqual(bounds.mean)
        expect(bounds.upper).toBeGreaterThanOrEqual(bounds.mean)
        expect(more.upper - more.lower).toBeLessThanOrEqual(bounds.upper - bounds.lower + 1e-9)
      }),
      seeded,
    )
  })

  it('say nothing of a single score', () => {
    expect(meanBounds(1, 90, 8100, 0.05)).toBeNull()
  })
})

describe('adjusted p-values', () => {
  it('never fall under the raw ones and keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (p) => {
        const adjusted = benjaminiHochberg(p)
        const ordered = p.map((each, index) => [each, adjusted[index] ?? 0] as const).sort((a, b) => a[0] - b[0])
        for (const [index, [raw, value]] of ordered.entries()) {
          expect(value).toBeGreaterThanOrEqual(raw - 1e-15)
          expect(value).toBeGreaterThanOrEqual((ordered[index - 1]?.[1] ?? 0) - 1e-15)
        }
      }),
      seeded,
    )
  })
})

describe('one-sided bounds', () => {
  it('are 0 and 1 at the ends', () => {
    expect(clopperPearsonLower(0, 50, 0.05)).toBe(0)
    expect(clopperPearsonUpper(50, 50, 0.05)).toBe(1)
  })
})
