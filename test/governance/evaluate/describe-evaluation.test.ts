import { describe, expect, it } from 'vitest'
import { describeEvaluation } from '#governance/evaluate/describe-evaluation.ts'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { TypeStanding } from '#governance/evaluate/evaluation.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { type MonthFacts, typeHistory, typeStanding } from '#test/build/type-history.ts'

function describeWindow(window: readonly MonthFacts[], standing: Partial<TypeStanding> = {}) {
  const [evaluation] = evaluateMonth(
    defaultPolicy,
    '2026-09',
    [typeHistory('delivery_change', '2026-01', [...Array.from({ length: 6 }, () => ({})), ...window])],
    [typeStanding('delivery_change', standing)],
    { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' },
  )
  if (evaluation === undefined) throw new Error('The type was not evaluated.')
  const { headline, lead } = describeEvaluation(evaluation, defaultPolicy)
  // No-break spaces are for the eye; a test reads better without.
  return { headline, lead: lead.replaceAll(/[\u00a0\u202f]/g, ' ') }
}

describe('describeEvaluation', () => {
  it('says the recommendation, the gates and the error rate with its interval and limit', () => {
    expect(
      describeWindow([
        { errors: 2, reviews: 140 },
        { errors: 2, reviews: 137 },
        { errors: 3, reviews: 135 },
      ]),
    ).toEqual({
      headline: 'Expand is recommended',
      lead: 'All nine gates pass. In 412 random reviews from July to September 2026 the AI was wrong 7 times: 1.7 % (0.8 to 3.5) against a limit of 5 %.',
    })
  })

  it('speaks of the failing month alone where that is what failed', () => {
    expect(describeWindow([{}, {}, { errors: 12 }])).toEqual({
      headline: 'Reduce is recommended',
      lead: 'Six gates pass, two are inconclusive, one fails. In 100 random reviews of September 2026 the AI was wrong 12 times: 12.0 % (7.0 to 19.8) against a limit of 5 %.',
    })
  })

  it('states no rate under 30 reviews', () => {
    const few = { errors: 0, reviews: 5 }
    expect(describeWindow([few, few, { errors: 1, reviews: 5 }]).lead).toContain(
      'In 15 random reviews from July to September 2026 the AI was wrong once: too few reviews to state a rate.',
    )
  })

  it('says that the rate is unknown where nobody looked', () => {
    const none = { errors: 0, reviews: 0 }
    expect(describeWindow([none, none, none]).lead).toContain(
      'Three gates pass, six are inconclusive, none fails. No random review was completed in July to September 2026, so the error rate is unknown.',
    )
  })

  it('says that no limit applies to a type that is not registered', () => {
    expect(describeWindow([{}, {}, {}], { isRegistered: false }).lead).toContain(
      '1.0 % (0.3 to 2.9); no limit applies.',
    )
  })
})
