import { describe, expect, it } from 'vitest'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { type MonthFacts, typeHistory, typeStanding } from '#test/build/type-history.ts'

type Channels = NonNullable<MonthFacts['channels']>

/** A month whose answers came by these channels. */
const by = (channels: Channels): MonthFacts => {
  const sum = (of: 'satisfied' | 'answered') => Object.values(channels).reduce((all, each) => all + each[of], 0)
  return { channels, satisfied: sum('satisfied'), answers: sum('answered'), offered: 2000 }
}

/** G3 of September 2026: three months as then and three as now, under version 2 unless given. */
function g3(then: MonthFacts, now: MonthFacts, policy: Policy = recommendedPolicy) {
  const [evaluation] = evaluateMonth(
    policy,
    '2026-09',
    [typeHistory('order_status', '2026-01', [then, then, then, ...Array<MonthFacts>(6).fill(now)])],
    [typeStanding('order_status')],
    { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' },
  )
  return evaluation?.gates.find(({ gate }) => gate === 'G3')
}

/** The example of methods.md section 4: people who chat are easier to please, and there are more of them now. */
const before = by({
  chat: { satisfied: 140, answered: 165 },
  email: { satisfied: 95, answered: 120 },
  voice: { satisfied: 110, answered: 165 },
})
const worse = by({
  chat: { satisfied: 273, answered: 345 },
  email: { satisfied: 64, answered: 90 },
  voice: { satisfied: 27, answered: 50 },
})

describe('G3 at one mix of channels', () => {
  it('is not taken in by a better mix: what counted looks stable has fallen', () => {
    const asCounted = g3(before, worse, defaultPolicy)
    expect(asCounted).toMatchObject({ verdict: 'pass' })
    expect(asCounted?.value).toBeGreaterThan(-0.02)
    const atMix = g3(before, worse)
    expect(atMix).toMatchObject({ verdict: 'fail', numerator: 3 * 364, referenceNumerator: 3 * 345 })
    expect(atMix?.value).toBeLessThan(-0.05)
    expect(atMix?.reason).toMatch(/\u22121\.6.pp, \u22128\.\d.pp at the mix of channels of then\)/)
  })

  it('says the same as counted where the mix did not move', () => {
    const [counted, atMix] = [g3(before, before, defaultPolicy), g3(before, before)]
    expect(atMix?.verdict).toBe(counted?.verdict)
    expect(atMix?.value).toBeCloseTo(counted?.value ?? 1, 12)
  })

  it('compares nothing where a tenth of the answers came by channels of one period only', () => {
    const without = by({ chat: { satisfied: 300, answered: 345 }, social: { satisfied: 80, answered: 100 } })
    expect(g3(before, without)).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/^Only 37.% of the answers came by channels that/),
    })
    expect(g3(before, { ...worse, channels: {} })).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/is not known/),
    })
  })

  it('leaves a rare channel that one period lacks out', () => {
    const { chat, email, voice } = before.channels as Required<Channels>
    const rare = by({ chat, email, voice, social: { satisfied: 0, answered: 9 } } as Channels)
    expect(g3(before, rare)).toMatchObject({ verdict: 'pass', value: 0 })
  })
})

describe('G3 and what is not heard', () => {
  it('says how low and high the share could be had everybody answered', () => {
    // 364 of 485 answers of 2,000 surveys a month.
    expect(g3(before, worse, defaultPolicy)?.reason).toMatch(
      /\. 24.% answered; had everybody, the share satisfied would lie between 18.% and 94.%\.$/,
    )
    expect(g3({}, { answers: 600, offered: 600 }, defaultPolicy)?.reason).not.toMatch(/had everybody/)
  })

  it('does not compare across a change of definition', () => {
    expect(g3({ ...before, definitionVersion: 1 }, { ...worse, definitionVersion: 2 })).toMatchObject({
      verdict: 'inconclusive',
      reason: 'The definition changed between these months, so they cannot be put together.',
    })
  })
})
