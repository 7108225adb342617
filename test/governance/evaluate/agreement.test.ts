import { describe, expect, it } from 'vitest'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { TypeMonth } from '#governance/evaluate/evaluation.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { typeHistory, typeStanding } from '#test/build/type-history.ts'

const context = { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' }

/** September of a healthy type since January, with what its three months add. */
function judge(more: Partial<TypeMonth>, policy = recommendedPolicy) {
  const { interactionType, months } = typeHistory(
    'order_status',
    '2026-01',
    Array.from({ length: 9 }, () => ({})),
  )
  const history = { interactionType, months: months.map((month) => ({ ...month, ...more })) }
  const [evaluation] = evaluateMonth(policy, '2026-09', [history], [typeStanding('order_status')], context)
  return evaluation
}
const agreement = (more: Partial<TypeMonth>) => judge(more)?.gates.find(({ label }) => label === 'Reviewers agree')
const pairs = (both: number, firstOnly: number, secondOnly: number, neither: number) => ({
  pairs: { both, firstOnly, secondOnly, neither },
})

describe('the agreement of reviewers', () => {
  it('is not asked by policy 1', () => {
    const gates = judge(pairs(0, 30, 30, 40), defaultPolicy)?.gates.map(({ gate }) => gate)
    expect(gates?.filter((gate) => gate === 'G7')).toHaveLength(1)
  })

  it('passes where they agree beyond chance, and says when agreement on errors is unknown', () => {
    expect(agreement(pairs(5, 0, 1, 34))).toMatchObject({ verdict: 'pass', numerator: 117, denominator: 120 })
    expect(agreement(pairs(1, 0, 1, 38))?.reason).toContain('agreement on defects is unknown')
  })

  it('is inconclusive without second reviews, or with few', () => {
    expect(agreement({})).toMatchObject({ verdict: 'inconclusive', value: null })
    expect(agreement(pairs(1, 0, 0, 9))).toMatchObject({
      verdict: 'inconclusive',
      cure: expect.stringMatching(/^10 more/),
    })
  })

  it('is not taken in by rare errors: agreement on what is fine hides that nobody agrees on what is wrong', () => {
    // 200 pairs a month as in methods.md section 7: AC1 0.968, positive agreement 0.40.
    const gate = agreement(pairs(2, 3, 3, 192))
    expect(gate?.value).toBeCloseTo(0.968, 3)
    expect(gate).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('40.0') })
  })

  it('stops an expansion and never reduces', () => {
    const evaluation = judge(pairs(0, 30, 30, 40))
    expect(evaluation?.recommendation).toBe('keep')
    expect(judge(pairs(5, 0, 0, 35))?.recommendation).toBe('expand')
  })
})

describe('bursts of repeat contact', () => {
  const bursts = (chiSquare: number) => ({
    ...pairs(5, 0, 0, 35),
    dispersions: [{ metric: 'repeat_contact_rate_48h' as const, chiSquare, degreesOfFreedom: 29 }],
  })
  const repeat = (more: Partial<TypeMonth>, policy = recommendedPolicy) =>
    judge(more, policy)?.gates.find(({ gate }) => gate === 'G4')

  it('widen the bound, and can leave open what looked sure', () => {
    const [calm, wild] = [repeat(bursts(29)), repeat(bursts(29 * 20))]
    expect(calm?.decisiveBound).toBeCloseTo(repeat(pairs(5, 0, 0, 35))?.decisiveBound ?? 0, 12)
    expect(wild?.value).toBe(calm?.value)
    expect(wild?.decisiveBound).toBeGreaterThan(calm?.decisiveBound ?? 1)
    expect([calm?.verdict, wild?.verdict]).toEqual(['pass', 'inconclusive'])
  })

  it('never narrow it, and mean nothing to policy 1', () => {
    expect(repeat(bursts(1))?.decisiveBound).toBe(repeat(pairs(5, 0, 0, 35))?.decisiveBound)
    expect(repeat(bursts(29 * 20), defaultPolicy)?.verdict).toBe('pass')
  })
})
