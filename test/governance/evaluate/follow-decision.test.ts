import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followDecision, hitRate } from '#governance/evaluate/follow-decision.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { type MonthFacts, typeHistory } from '#test/build/type-history.ts'

/** Decided on the evidence of March, in force since 10 April: May, June and July are the 90 days. */
const decision = { month: '2026-03', effectiveAt: new Date('2026-04-10T09:00:00Z') }
const context = { knownThrough: '2026-07', reportingTimeZone: 'UTC', policy: defaultPolicy }
const follow = (after: readonly MonthFacts[], knownThrough: string | null = '2026-07', before: MonthFacts = {}) =>
  followDecision(
    decision,
    typeHistory(
      'order_status',
      '2026-01',
      [before, before, before, { errors: 50 }, ...after].map((facts) => ({ reviews: 400, ...facts })),
    ).months,
    { ...context, knownThrough },
  )
const verdicts = (after: readonly MonthFacts[], knownThrough?: string | null) =>
  follow(after, knownThrough).map(({ verdict }) => verdict)

describe('a decision followed', () => {
  it('is not worse where nothing moved, each time', () => {
    expect(verdicts([{}, {}, {}])).toEqual(['not_worse', 'not_worse', 'not_worse'])
  })

  it('pools the full months after the one in which it took effect', () => {
    const [first, , last] = follow([{ repeats: 100 }, {}, {}])
    expect(first?.months).toEqual(['2026-05'])
    expect(last?.months).toEqual(['2026-05', '2026-06', '2026-07'])
    const repeat = last?.metrics.find(({ metric }) => metric === 'repeat_contact_rate_48h')
    expect(repeat).toMatchObject({ before: 160 / 3000, after: 420 / 9000, afterCount: 9000 })
  })

  it('is worse when one number moved the wrong way by more than its margin, and surely', () => {
    expect(verdicts([{ repeats: 400 }, { repeats: 400 }, { repeats: 400 }])).toEqual(['worse', 'worse', 'worse'])
    expect(verdicts([{ satisfied: 400 }, { satisfied: 400 }, { satisfied: 400 }])[2]).toBe('worse')
    const slightly = { repeats: 200 }
    expect(verdicts([slightly, slightly, slightly])[2], 'more, but within the margin').toBe('not_worse')
  })

  it('is better when one moved the right way and none the wrong way', () => {
    expect(verdicts([{ repeats: 60 }, { repeats: 60 }, { repeats: 60 }])[2]).toBe('better')
    expect(verdicts([{ satisfied: 580 }, { satisfied: 580 }, { satisfied: 580 }])[2]).toBe('better')
    const mixed = { repeats: 60, unexpected: 300 }
    expect(verdicts([mixed, mixed, mixed])[2]).toBe('worse')
  })

  it('is not yet known before its months are final, and never known without data', () => {
    expect(verdicts([{}, {}, {}], '2026-05')).toEqual(['not_worse', 'not_yet_known', 'not_yet_known'])
    expect(verdicts([{}, {}, {}], null)).toEqual(['not_yet_known', 'not_yet_known', 'not_yet_known'])
    expect(verdicts([])).toEqual(['not_enough_data', 'not_enough_data', 'not_enough_data'])
  })

  it('says that it cannot be told rather than calling few reviews no change', () => {
    const few = { reviews: 10, errors: 0 }
    expect(verdicts([few, few, few])[0]).toBe('not_enough_data')
  })

  it('compares nothing across a change of definition', () => {
    const changed = { definitionVersion: 2 }
    expect(verdicts([changed, changed, changed])[2]).toBe('not_enough_data')
  })

  it('never calls both better and worse, and its interval holds the difference', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 }), (before, after) => {
        const months = [{ repeats: after }, { repeats: after }, { repeats: after }]
        const [, , last] = follow(months, '2026-07', { repeats: before })
        const repeat = last?.metrics.find(({ metric }) => metric === 'repeat_contact_rate_48h')
        if (repeat?.difference == null || repeat.lower === null || repeat.upper === null) throw new Error('untold')
        expect(repeat.lower).toBeLessThanOrEqual(repeat.difference)
        expect(repeat.upper).toBeGreaterThanOrEqual(repeat.difference)
        if (repeat.verdict === 'worse') expect(repeat.difference).toBeGreaterThan(0.02)
        if (repeat.verdict === 'better') expect(repeat.difference).toBeLessThan(0)
      }),
    )
  })
})

describe('the hit rate of the room', () => {
  it('counts decisions that 90 days later are not worse, among those that can be told', () => {
    const fine = follow([{}, {}, {}])
    const worse = follow([{ repeats: 400 }, { repeats: 400 }, { repeats: 400 }])
    const open = follow([{}, {}, {}], '2026-06')
    expect(hitRate([fine, fine, fine, worse, open])).toMatchObject({
      hits: 3,
      told: 4,
      untold: 0,
      open: 1,
      share: 0.75,
    })
    expect(hitRate([open])).toEqual({ hits: 0, told: 0, untold: 0, open: 1, share: null, lower: null, upper: null })
  })
})
