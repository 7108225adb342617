import { describe, expect, it } from 'vitest'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { TypeEvaluation, TypeStanding } from '#governance/evaluate/evaluation.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { type MonthFacts, typeHistory, typeStanding } from '#test/build/type-history.ts'

const context = { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' }

/** Second reviews that agree, so that G7 says nothing here. */
const agreed = { both: 5, firstOnly: 0, secondOnly: 0, neither: 35 }

/** September 2026 under policy version 2, with the months that end there. */
function evaluate(
  months: readonly MonthFacts[],
  options: { policy?: Policy; standing?: Partial<TypeStanding> } = {},
): TypeEvaluation {
  const first = `2026-${String(10 - months.length).padStart(2, '0')}`
  const withPairs = typeHistory('order_status', first, months).months.map((month) => ({ ...month, pairs: agreed }))
  const [evaluation] = evaluateMonth(
    options.policy ?? recommendedPolicy,
    '2026-09',
    [{ interactionType: 'order_status', months: withPairs }],
    [typeStanding('order_status', { isBaseline: true, ...options.standing })],
    context,
  )
  if (evaluation === undefined) throw new Error('not evaluated')
  return evaluation
}

const nine = (change: (index: number) => MonthFacts = () => ({})) =>
  Array.from({ length: 9 }, (_, index): MonthFacts => ({ unexpected: 90 + (index % 2), ...change(index) }))
const g6 = (evaluation: TypeEvaluation) => evaluation.gates.find(({ gate }) => gate === 'G6')

describe('G6', () => {
  it('is not judged by a policy that does not hold it', () => {
    expect(g6(evaluate(nine(), { policy: defaultPolicy }))).toBeUndefined()
  })

  it('passes a steady type, which then expands', () => {
    const evaluation = evaluate(nine())
    expect(g6(evaluation)).toMatchObject({ verdict: 'pass', value: 0, limit: 0 })
    expect(evaluation).toMatchObject({ recommendation: 'expand', blockers: [] })
  })

  it.each<[string, (index: number) => MonthFacts, RegExp]>([
    [
      'repeat contact rising month by month',
      (index) => ({ repeats: 160 + 3 * index }),
      /seven months in one direction/,
    ],
    [
      'a jump of unexpected escalation',
      (index) => ({ unexpected: index === 8 ? 130 : 90 + (index % 2) }),
      /Unexpected escalation.*outside its limits/,
    ],
    ['CSAT falling month by month', (index) => ({ satisfied: 540 - 2 * index }), /CSAT seven months/],
    [
      'an error rate that jumped',
      (index) => ({ errors: index === 8 ? 6 : index % 2 }),
      /AI error rate outside its limits/,
    ],
  ])('stops an expansion on %s', (_what, change, said) => {
    const evaluation = evaluate(nine(change))
    expect(g6(evaluation)).toMatchObject({ verdict: 'inconclusive', reason: expect.stringMatching(said) })
    expect(evaluation.recommendation).toBe('keep')
    expect(evaluation.blockers.join(' ')).toMatch(said)
  })

  it('stops an expansion while CSAT falls and the share of the AI rises, by the warning sign of that name', () => {
    const zigzag = [540, 530, 536, 520, 526, 508, 514, 496, 500]
    const falling = nine((index) => ({ satisfied: zigzag[index] ?? 0, allContacts: 9000 - 500 * index }))
    expect(g6(evaluate(falling))).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/CSAT falls from .* while the AI share rises from .* to 60/),
    })
    const steadyAi = nine((index) => ({ satisfied: zigzag[index] ?? 0, allContacts: 9000 }))
    expect(g6(evaluate(steadyAi))?.reason).not.toContain('AI share')
  })

  it('is not taken in by more answers of a channel that is harder to please, and sees a fall that a better mix hides', () => {
    const mixed = (chat: [number, number], email: [number, number]): MonthFacts => ({
      satisfied: chat[0] + email[0],
      answers: chat[1] + email[1],
      channels: { chat: { satisfied: chat[0], answered: chat[1] }, email: { satisfied: email[0], answered: email[1] } },
    })
    const growing = (index: number) => ({ allContacts: 9000 - 500 * index })
    const moving = nine((index) => {
      const email = 60 + 50 * index
      return { ...growing(index), ...mixed([Math.round(0.95 * (600 - email)), 600 - email], [0.7 * email, email]) }
    })
    const counted = { ...recommendedPolicy.gates.G3, isMixStandardised: undefined }
    const asCounted = { ...recommendedPolicy, gates: { ...recommendedPolicy.gates, G3: counted } }
    expect(g6(evaluate(moving, { policy: asCounted }))?.reason).toContain('AI share')
    expect(g6(evaluate(moving))?.reason).not.toContain('AI share')
    const hidden = nine((index) => {
      const chat = 60 + 50 * index
      const chats: [number, number] = [Math.round((0.95 - 0.015 * index) * chat), chat]
      return { ...growing(index), ...mixed(chats, [Math.round((0.7 - 0.015 * index) * (600 - chat)), 600 - chat]) }
    })
    expect(g6(evaluate(hidden, { policy: asCounted }))?.reason).not.toContain('AI share')
    expect(g6(evaluate(hidden))?.reason).toMatch(/CSAT falls from .* while the AI share rises/)
  })

  it('takes what gets better for no signal, and an old signal for closed', () => {
    expect(g6(evaluate(nine((index) => ({ repeats: 160 - 3 * index }))))?.verdict).toBe('pass')
    expect(g6(evaluate(nine((index) => ({ unexpected: index === 2 ? 130 : 90 + (index % 2) }))))?.verdict).toBe('pass')
  })

  it('says nothing of fewer than six months, of what is not measured, or of months that can still change', () => {
    expect(g6(evaluate(nine().slice(4)))).toMatchObject({ verdict: 'inconclusive', value: null })
    expect(g6(evaluate(nine(() => ({ offered: 0 }))))).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/fewer of: CSAT 0/),
    })
    expect(g6(evaluate(nine((index) => ({ isFinal: index < 8 }))))?.verdict).toBe('inconclusive')
  })

  it('begins anew where a definition changed', () => {
    expect(g6(evaluate(nine((index) => ({ definitionVersion: index < 5 ? 1 : 2 }))))).toMatchObject({
      verdict: 'inconclusive',
      value: null,
    })
    const zigzag = [540, 530, 536, 520, 526, 508, 514, 496, 500]
    const falling = (index: number) => ({ satisfied: zigzag[index] ?? 0, allContacts: 9000 - 500 * index })
    const broken = nine((index) => ({ ...falling(index), definitionVersion: index < 6 ? 1 : 2 }))
    expect(g6(evaluate(broken))?.reason).not.toContain('AI share')
  })
})

describe('alarms that recommend a reduction though no gate fails', () => {
  it('harm: 20 to 1 that the rate of the month is over the limit', () => {
    const weak = { G1: { ...recommendedPolicy.gates.G1, alphaFail: 0.000001 } }
    const policy = { ...recommendedPolicy, gates: { ...recommendedPolicy.gates, ...weak } }
    const evaluation = evaluate(
      nine((index) => ({ errors: index === 8 ? 14 : 1 })),
      { policy },
    )
    expect(evaluation.gates.some(({ verdict }) => verdict === 'fail')).toBe(false)
    expect(evaluation).toMatchObject({
      recommendation: 'reduce',
      targetLevel: 'human_as_the_loop',
      reasons: [expect.stringMatching(/14 errors in 100 random reviews .*at least 20 to 1/)],
    })
    expect(
      evaluate(
        nine((index) => ({ errors: index === 8 ? 9 : 1 })),
        { policy },
      ).recommendation,
    ).toBe('keep')
  })

  const few = nine(() => ({ reviews: 12, errors: 0 }))
  const onTheLoop = { level: 'human_on_the_loop', isBaseline: false } as const

  it('lapse: three months on the loop without knowing the error rate', () => {
    const evaluation = evaluate(few, { standing: onTheLoop })
    expect(evaluation).toMatchObject({
      recommendation: 'reduce',
      targetLevel: 'human_in_the_loop',
      reasons: [expect.stringMatching(/three months on the loop \(July to September 2026\).*lapsed/)],
    })
  })

  it.each<[string, MonthFacts[], Partial<TypeStanding>, Policy]>([
    ['in the loop', few, { level: 'human_in_the_loop' }, recommendedPolicy],
    [
      'on the loop for less than that',
      few,
      { ...onTheLoop, levelSince: new Date('2026-07-02T00:00:00Z') },
      recommendedPolicy,
    ],
    [
      'once one month decided',
      nine((index) => (index < 7 ? {} : { reviews: 12, errors: 0 })),
      onTheLoop,
      recommendedPolicy,
    ],
    ['before the type was seen for that long', few.slice(7), { ...onTheLoop, isBaseline: true }, recommendedPolicy],
    ['under policy version 1', few, onTheLoop, defaultPolicy],
  ])('no lapse %s', (_what, months, standing, policy) => {
    expect(evaluate(months, { standing, policy }).recommendation).toBe('keep')
  })
})

describe('a gate in shadow', () => {
  it('is judged and shown but decides nothing', () => {
    const policy: Policy = { ...recommendedPolicy, shadowGates: ['G6'] }
    const evaluation = evaluate(
      nine((index) => ({ repeats: 160 + 3 * index })),
      { policy },
    )
    expect(g6(evaluation)).toMatchObject({
      verdict: 'inconclusive',
      isShadow: true,
      label: 'Deterioration (in shadow)',
    })
    expect(evaluation).toMatchObject({ recommendation: 'expand', blockers: [] })
  })
})
