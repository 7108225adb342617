import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { SegmentCounts, TypeMonth } from '#governance/evaluate/evaluation.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { clopperPearsonLower } from '#models/statistics/clopper-pearson.ts'
import { type MonthFacts, typeHistory, typeStanding } from '#test/build/type-history.ts'

const segments: NonNullable<Policy['segments']> = [
  { name: 'vip', ceiling: 'human_in_the_loop', blocksExpansion: true },
  { name: 'distressed', ceiling: 'human_as_the_loop', blocksExpansion: true },
  { name: 'trust_recovery', ceiling: 'human_in_the_loop', blocksExpansion: false },
]
const policy: Policy = { ...defaultPolicy, segments }
const limit = 0.05
/** One-sided 95 %, shared by three segments. */
const alpha = 0.05 / 3

const counts = (segment: SegmentCounts['segment'], reviewed: number, errors: number): SegmentCounts => ({
  segment,
  contacts: reviewed * 20,
  sentAlone: reviewed,
  reviewed,
  errors,
})

/** Nine healthy months that would expand; these segments in the last of them, unless told of others. */
function judge(
  of: readonly SegmentCounts[] | undefined,
  more: { policy?: Policy; facts?: MonthFacts; month?: Partial<TypeMonth>; inMonths?: readonly string[] } = {},
) {
  const history = typeHistory('refund', '2026-01', Array<MonthFacts>(9).fill(more.facts ?? {}))
  const inMonths = more.inMonths ?? ['2026-09']
  const months = history.months.map((month) =>
    inMonths.includes(month.month) && of !== undefined ? { ...month, segments: of, ...more.month } : month,
  )
  const [evaluation] = evaluateMonth(
    more.policy ?? policy,
    '2026-09',
    [{ ...history, months }],
    [typeStanding('refund')],
    { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' },
  )
  if (evaluation === undefined) throw new Error('The type was not evaluated.')
  return evaluation
}

const segmentOf = (evaluation: ReturnType<typeof judge>, name: string) =>
  evaluation.segments?.find(({ segment }) => segment === name)

describe('declared segments', () => {
  it('that fail on their own keep a type that all gates would expand, and say what, how sure and of how many', () => {
    expect(judge([]).recommendation).toBe('expand')
    const evaluation = judge([counts('vip', 43, 10)])
    expect(evaluation.recommendation).toBe('keep')
    expect(evaluation.gates.every(({ verdict }) => verdict === 'pass')).toBe(true)
    expect(evaluation.blockers).toEqual([
      'VIP customers: 10 errors in 43 random reviews of July to September 2026, 23.3\u202f% (13.2\u00a0to\u00a037.7); at 98.3\u202f% confidence at least 11.0\u202f%, over the limit of 5\u202f%.',
    ])
    expect(segmentOf(evaluation, 'vip')).toMatchObject({
      verdict: 'failing',
      ceiling: 'human_in_the_loop',
      contacts: 860,
      lowerBound: clopperPearsonLower(10, 43, alpha),
    })
  })

  it('never reduce, however bad they are', () => {
    const evaluation = judge([counts('vip', 90, 90), counts('distressed', 90, 90)])
    expect(evaluation).toMatchObject({ recommendation: 'keep', targetLevel: null })
    expect(evaluation.blockers).toHaveLength(2)
  })

  it('are only said where the policy says so', () => {
    const evaluation = judge([counts('trust_recovery', 43, 10)])
    expect(evaluation.recommendation).toBe('expand')
    expect(segmentOf(evaluation, 'trust_recovery')?.verdict).toBe('failing')
  })

  it('with too few reviews never block, and are named beside the expansion', () => {
    const evaluation = judge([counts('vip', 1, 1), counts('distressed', 40, 1)])
    expect(evaluation.recommendation).toBe('expand')
    expect(evaluation.reasons.slice(-2)).toEqual([
      'VIP customers: 1 error in 1 random review of July to September 2026: too few reviews to tell.',
      'Customers whose last contact failed: no random review of July to September 2026 was completed.',
    ])
    expect(segmentOf(evaluation, 'distressed')).toMatchObject({ verdict: 'not_shown', value: 1 / 40 })
  })

  it('are put together over the window, and no month before it counts', () => {
    const inMonths = ['2026-06', '2026-07', '2026-08', '2026-09']
    expect(segmentOf(judge([counts('vip', 14, 1)], { inMonths }), 'vip')).toMatchObject({ reviewed: 42, errors: 3 })
  })

  it('are not judged while months can change, nor on reviews drawn with unequal chances', () => {
    const bad = [counts('vip', 43, 10)]
    expect(segmentOf(judge(bad, { facts: { isFinal: false } }), 'vip')?.verdict).toBe('unknown')
    const strata = [{ stratum: 'a', population: 3000, drawn: 100, reviewed: 100, errors: 1 }]
    expect(segmentOf(judge(bad, { month: { strata } }), 'vip')?.reason).toContain('unequal chances')
  })

  it('weigh nothing where their counts cannot be', () => {
    const impossible = [{ ...counts('vip', 43, 10), contacts: 4 }, counts('distressed', 3, 4)]
    expect(judge(impossible).recommendation).toBe('expand')
  })

  it('are absent, and change nothing, where the policy declares none', () => {
    const evaluation = judge([counts('vip', 90, 90)], { policy: defaultPolicy })
    expect(evaluation).toEqual(judge(undefined, { policy: defaultPolicy }))
    expect(evaluation).not.toHaveProperty('segments')
  })

  it('fail exactly when the bound of the errors inside them is over the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 0.3, noNaN: true }), (reviewed, share) => {
        const errors = Math.round(reviewed * share)
        const isOver = clopperPearsonLower(errors, reviewed, alpha) > limit
        const evaluation = judge([counts('vip', reviewed, errors)])
        expect(segmentOf(evaluation, 'vip')?.verdict === 'failing').toBe(isOver)
        expect(evaluation.recommendation).toBe(isOver ? 'keep' : 'expand')
      }),
      { numRuns: 60, seed: 20261121 },
    )
  })

  it('do not depend on the order of rows', () => {
    const rows = [counts('vip', 43, 10), counts('distressed', 50, 2), counts('trust_recovery', 8, 1)]
    const inMonths = ['2026-07', '2026-08', '2026-09']
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 3 }), (shuffled) => {
        expect(judge(shuffled, { inMonths })).toEqual(judge(rows, { inMonths }))
      }),
      { numRuns: 10, seed: 20261121 },
    )
  })
})

describe('a limit of its own', () => {
  const overridden = (override: { limit: number; alphaPass?: number }): Policy => ({
    ...policy,
    gates: { ...policy.gates, G1: { ...policy.gates.G1, limitOverrides: { refund: override } } },
  })
  const errorGate = (evaluation: ReturnType<typeof judge>) => evaluation.gates.find(({ gate }) => gate === 'G1')

  it('takes the place of that of the tier, for the gate and the segments', () => {
    const stricter = judge([counts('vip', 60, 5)], { policy: overridden({ limit: 0.02 }) })
    expect(errorGate(stricter)).toMatchObject({ limit: 0.02, verdict: 'inconclusive' })
    expect(segmentOf(stricter, 'vip')).toMatchObject({ limit: 0.02, verdict: 'failing' })
    expect(segmentOf(judge([counts('vip', 60, 5)]), 'vip')?.verdict).toBe('not_shown')
  })

  it('may ask to be surer, too', () => {
    const surer = judge([], { policy: overridden({ limit: 0.05, alphaPass: 0.001 }) })
    expect(errorGate(surer)?.reason).toContain('at 99.9\u202f% confidence')
  })

  it('never opens a tier that cannot expand', () => {
    const [evaluation] = evaluateMonth(
      overridden({ limit: 0.05 }),
      '2026-09',
      [typeHistory('refund', '2026-01', Array<MonthFacts>(9).fill({}))],
      [typeStanding('refund', { riskTier: 'high' })],
      { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' },
    )
    expect(evaluation?.recommendation).toBe('keep')
    expect(evaluation?.gates[0]?.limit).toBeNull()
  })
})
