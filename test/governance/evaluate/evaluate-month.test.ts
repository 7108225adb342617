import { describe, expect, it } from 'vitest'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { GateResult, TypeEvaluation, TypeHistory, TypeStanding } from '#governance/evaluate/evaluation.ts'
import { positionBlockers } from '#governance/evaluate/recommend.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { GateId } from '#governance/policy/policy.ts'
import { clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { type MonthFacts, typeHistory, typeStanding } from '#test/build/type-history.ts'

const now = new Date('2026-10-20T00:00:00Z')
const context = { now, reportingTimeZone: 'UTC' }

/** Evaluates September 2026 of one type with months from January; the last three are the window, the level since April. */
function evaluate(
  window: readonly [MonthFacts, MonthFacts, MonthFacts],
  options: { earlier?: MonthFacts; standing?: Partial<TypeStanding>; now?: Date } = {},
): TypeEvaluation {
  const earlier = Array.from({ length: 6 }, () => options.earlier ?? {})
  const [evaluation] = evaluateMonth(
    defaultPolicy,
    '2026-09',
    [typeHistory('refund_request', '2026-01', [...earlier, ...window])],
    [typeStanding('refund_request', options.standing)],
    { ...context, now: options.now ?? now },
  )
  if (evaluation === undefined) throw new Error('The type was not evaluated.')
  return evaluation
}

const all = (facts: MonthFacts) => [facts, facts, facts] as const

function gateOf(evaluation: TypeEvaluation, id: GateId): GateResult {
  const gate = evaluation.gates.find((result) => result.gate === id)
  if (gate === undefined) throw new Error(`No gate ${id}.`)
  return gate
}

describe('evaluateMonth', () => {
  it('expands a healthy type one step, with every gate passing and its numbers beside it', () => {
    const evaluation = evaluate(all({}))
    expect(evaluation.gates.map(({ gate, verdict }) => `${gate} ${verdict}`)).toEqual([
      'G1 pass',
      'G2 pass',
      'G3 pass',
      'G4 pass',
      'G5 pass',
      'G7 pass',
      'G8 pass',
      'G9 pass',
      'G10 pass',
    ])
    expect(evaluation).toMatchObject({
      recommendation: 'expand',
      level: 'human_in_the_loop',
      targetLevel: 'human_on_the_loop',
      blockers: [],
    })
    expect(gateOf(evaluation, 'G1')).toMatchObject({
      value: 0.01,
      numerator: 3,
      denominator: 300,
      limit: 0.05,
      decisiveSide: 'upper',
      decisiveBound: clopperPearsonUpper(3, 300, 0.01),
      cure: null,
    })
  })

  it('evaluates registered types without data and types seen without registration, sorted by name', () => {
    const evaluations = evaluateMonth(
      defaultPolicy,
      '2026-09',
      [typeHistory('zeta', '2026-09', [{}]), typeHistory('gone', '2026-01', [{}])],
      [typeStanding('alpha')],
      context,
    )
    expect(evaluations.map(({ interactionType }) => interactionType)).toEqual(['alpha', 'zeta'])
    expect(evaluations[0]).toMatchObject({ recommendation: 'keep' })
    expect(evaluations[0]?.gates.every(({ verdict }) => verdict === 'inconclusive')).toBe(true)
    expect(evaluations[1]).toMatchObject({ recommendation: 'keep', level: null, targetLevel: null })
    expect(evaluations[1]?.blockers[0]).toBe(positionBlockers.unregistered)
  })

  it('refuses a month that is none', () => {
    expect(() => evaluateMonth(defaultPolicy, '2026-13', [], [typeStanding('alpha')], context)).toThrow('not a month')
  })

  it('judges nothing before the month and its days of maturity have passed', () => {
    const evaluation = evaluate(all({}), { now: new Date('2026-10-07T23:59:59Z') })
    expect(evaluation.recommendation).toBe('keep')
    expect(gateOf(evaluation, 'G1').reason).toContain('can still change')
    expect(evaluate(all({}), { now: new Date('2026-10-08T00:00:00Z') }).recommendation).toBe('expand')
  })

  it('never judges a provisional month', () => {
    const evaluation = evaluate([{}, {}, { errors: 40, isFinal: false }])
    expect(evaluation.gates.filter(({ verdict }) => verdict !== 'inconclusive').map(({ gate }) => gate)).toEqual([])
  })

  it('does not add months across a change of definition', () => {
    const evaluation = evaluate([{}, {}, { definitionVersion: 2 }])
    expect(gateOf(evaluation, 'G1').reason).toContain('definition changed')
    expect(evaluation.recommendation).toBe('keep')
  })
})

describe('G1, AI error rate', () => {
  it('stays inconclusive between pass and fail, and says how many reviews of next month would end it', () => {
    const gate = gateOf(evaluate(all({ errors: 1, reviews: 20 })), 'G1')
    expect(gate).toMatchObject({ verdict: 'inconclusive', numerator: 3, denominator: 60 })
    // Two of the three months stay in the next window: 2 errors in 40 need 165 in all at 99 %.
    expect(gate.cure).toBe(
      '125 more random reviews without an error, drawn in October 2026, would make this decidable.',
    )
  })

  it('shows the band in which nothing can be told at this sample size', () => {
    const gate = gateOf(evaluate(all({ reviews: 100 })), 'G1')
    // 300 reviews pass with at most 7 errors at 99 %; one month of 100 fails with at least 10 at 95 %.
    expect(gate.inconclusiveFrom).toBeCloseTo(7 / 300, 12)
    expect(gate.inconclusiveTo).toBeCloseTo(9 / 100, 12)
  })

  it('fails on the evidence month alone, and shows that month', () => {
    const evaluation = evaluate([{}, {}, { errors: 12 }])
    expect(gateOf(evaluation, 'G1')).toMatchObject({
      verdict: 'fail',
      value: 0.12,
      numerator: 12,
      denominator: 100,
      decisiveSide: 'lower',
    })
    expect(evaluation).toMatchObject({ recommendation: 'reduce', targetLevel: 'human_as_the_loop' })
  })

  it('does not fail on months before: what was bad then was decided then', () => {
    expect(gateOf(evaluate([{ errors: 12 }, {}, {}]), 'G1').verdict).not.toBe('fail')
  })

  it('asks more of medium risk, and has no limit for high risk or an unregistered type', () => {
    expect(gateOf(evaluate(all({}), { standing: { riskTier: 'medium' } }), 'G1')).toMatchObject({
      verdict: 'inconclusive',
      limit: 0.02,
    })
    const high = evaluate(all({}), { standing: { riskTier: 'high' } })
    expect(gateOf(high, 'G1')).toMatchObject({ verdict: 'inconclusive', limit: null, value: 0.01 })
    expect(high.blockers).toContain(positionBlockers.noErrorLimit)
    expect(gateOf(evaluate(all({}), { standing: { isRegistered: false } }), 'G1').limit).toBeNull()
  })

  it('does not pass while too many reviews are open, and says how many to complete', () => {
    const gate = gateOf(evaluate([{}, {}, { reviews: 100, drawn: 120 }]), 'G1')
    expect(gate).toMatchObject({ verdict: 'inconclusive', cure: 'Open reviews to complete: 8 of September 2026.' })
  })

  it('does not let open reviews hide a failure that shows even if every open one is right', () => {
    expect(gateOf(evaluate([{}, {}, { errors: 20, reviews: 100, drawn: 120 }]), 'G1').verdict).toBe('fail')
    expect(gateOf(evaluate([{}, {}, { errors: 10, reviews: 100, drawn: 200 }]), 'G1').verdict).toBe('inconclusive')
  })

  it('is unknown, not zero, without reviews', () => {
    const gate = gateOf(evaluate(all({ reviews: 0, errors: 0 })), 'G1')
    expect(gate).toMatchObject({ verdict: 'inconclusive', value: null, numerator: null, denominator: null })
    expect(gate.cure).toBe('90 more random reviews without an error, drawn in October 2026, would make this decidable.')
  })

  it('does not pass on older reviews when the evidence month has none', () => {
    expect(gateOf(evaluate([{}, {}, { reviews: 0, errors: 0 }]), 'G1').verdict).toBe('inconclusive')
  })
})

describe('G2, QA score', () => {
  it('fails when even the upper bound lies under the minimum', () => {
    expect(gateOf(evaluate(all({ score: { mean: 85, standardDeviation: 6 } })), 'G2')).toMatchObject({
      verdict: 'fail',
      value: 85,
      decisiveSide: 'upper',
      unit: 'points',
    })
  })

  it('is inconclusive when the interval lies on both sides', () => {
    const gate = gateOf(evaluate(all({ score: { mean: 90.2, standardDeviation: 8 } })), 'G2')
    expect(gate.verdict).toBe('inconclusive')
    expect(gate.inconclusiveFrom).toBeLessThan(90)
    expect(gate.inconclusiveTo).toBeGreaterThan(90.2)
  })

  it('asks for enough scores, however good they are', () => {
    const gate = gateOf(evaluate(all({ reviews: 9, errors: 0, score: { mean: 100, standardDeviation: 0 } })), 'G2')
    expect(gate).toMatchObject({ verdict: 'inconclusive', cure: '3 more scored random reviews.' })
  })

  it('is not measured where reviews give no score', () => {
    expect(gateOf(evaluate(all({ score: null })), 'G2')).toMatchObject({ verdict: 'inconclusive', value: null })
  })
})

describe('G3, CSAT', () => {
  it('fails when it fell for sure', () => {
    const evaluation = evaluate(all({ satisfied: 460 }))
    expect(gateOf(evaluation, 'G3')).toMatchObject({
      verdict: 'fail',
      numerator: 1380,
      denominator: 1800,
      referenceNumerator: 1560,
      referenceDenominator: 1800,
      limit: -0.05,
      unit: 'difference',
    })
    expect(evaluation.recommendation).toBe('reduce')
  })

  it('passes a small drop within the margin', () => {
    expect(gateOf(evaluate(all({ satisfied: 510 })), 'G3').verdict).toBe('pass')
  })

  it('is inconclusive when too few answered', () => {
    const gate = gateOf(evaluate(all({ satisfied: 7, answers: 8, offered: 30 })), 'G3')
    expect(gate).toMatchObject({ verdict: 'inconclusive', cure: '6 more CSAT answers.' })
  })

  it('is inconclusive when the share that answers moved by more than 5 points', () => {
    const gate = gateOf(evaluate(all({ offered: 1600 })), 'G3')
    expect(gate.verdict).toBe('inconclusive')
    expect(gate.reason).toContain('share that answers moved')
  })

  it('is inconclusive when customers of people answer much more often', () => {
    const gate = gateOf(evaluate(all({ humanAnswers: 450, humanOffered: 1000 })), 'G3')
    expect(gate.reason).toContain('differs from contacts without AI')
    expect(gate.verdict).toBe('inconclusive')
  })

  it('never mixes scales', () => {
    const gate = gateOf(evaluate(all({ scale: 'binary' })), 'G3')
    expect(gate).toMatchObject({ verdict: 'inconclusive', value: null })
    expect(gate.reason).toContain('same scale')
  })

  it('is not measured where nobody is asked', () => {
    const gate = gateOf(evaluate(all({ offered: 0 }), { earlier: { offered: 0 } }), 'G3')
    expect(gate).toMatchObject({ verdict: 'inconclusive', value: null, numerator: null })
  })
})

describe('G4 and G5, repeat contact and unexpected escalation', () => {
  it('fail when they rose by more than the margin, for sure', () => {
    expect(gateOf(evaluate(all({ repeats: 260 })), 'G4')).toMatchObject({ verdict: 'fail', decisiveSide: 'lower' })
    expect(gateOf(evaluate(all({ unexpected: 190 })), 'G5')).toMatchObject({ verdict: 'fail', decisiveSide: 'lower' })
  })

  it('do not fail on a rise that is sure but small', () => {
    expect(gateOf(evaluate(all({ repeats: 205 })), 'G4').verdict).toBe('inconclusive')
  })

  it('are inconclusive with few contacts', () => {
    const few = { repeats: 4, matureContacts: 60, unexpected: 3, contacts: 60 }
    expect(gateOf(evaluate(all(few)), 'G4').verdict).toBe('inconclusive')
    expect(gateOf(evaluate(all(few)), 'G5').verdict).toBe('inconclusive')
  })
})

describe('the reference months', () => {
  const since = (date: string, more: Partial<TypeStanding> = {}) => ({
    standing: { levelSince: new Date(date), ...more },
  })

  it('are those before the level took effect, and never overlap the window', () => {
    const gate = gateOf(evaluate(all({}), since('2026-07-15T00:00:00Z')), 'G4')
    expect(gate.reason).toContain('April to June 2026')
    const overlapping = gateOf(evaluate(all({}), since('2026-08-15T00:00:00Z')), 'G4')
    expect(overlapping).toMatchObject({
      verdict: 'inconclusive',
      cure: 'Comparable from the evidence of October 2026.',
    })
  })

  it('are the first months for a baseline, whenever it was signed', () => {
    const gate = gateOf(evaluate(all({}), since('2026-10-15T00:00:00Z', { isBaseline: true })), 'G4')
    expect(gate.verdict).toBe('pass')
    expect(gate.reason).toContain('January to March 2026')
  })

  it('are missing, so inconclusive, where the data begin later', () => {
    const gate = gateOf(evaluate(all({}), since('2026-02-01T00:00:00Z')), 'G4')
    expect(gate.verdict).toBe('inconclusive')
    expect(gate.reason).toContain('begin before the data do')
  })
})

describe('G7, reviews done', () => {
  it('takes the worst month, so that no month is skipped', () => {
    const gate = gateOf(evaluate([{ drawn: 112, reviews: 100 }, {}, {}]), 'G7')
    expect(gate).toMatchObject({ verdict: 'inconclusive', numerator: 100, denominator: 112 })
    expect(gate.cure).toBe('Open reviews to complete: 1 of July 2026.')
  })

  it('passes at exactly the share asked for', () => {
    expect(gateOf(evaluate([{}, { drawn: 100, reviews: 90 }, {}]), 'G7').verdict).toBe('pass')
  })
})

describe('G8, sustained', () => {
  it.each<[string, readonly [MonthFacts, MonthFacts, MonthFacts], string]>([
    ['a month over the limit', [{ errors: 6 }, { errors: 0 }, { errors: 0 }], 'July 2026 over the limit'],
    ['a month without reviews', [{}, { reviews: 0, errors: 0 }, {}], 'August 2026 without complete'],
    ['a month with open reviews', [{}, { drawn: 150 }, {}], 'August 2026 without complete'],
    ['a changed AI version', [{ aiVersions: ['4.1'] }, {}, {}], 'AI version changed (4.1, 4.2)'],
    ['two AI versions in one month', [{}, { aiVersions: ['4.1', '4.2'] }, {}], 'AI version changed (4.1, 4.2)'],
    ['an unknown AI version', [{}, {}, { aiVersions: ['unknown'] }], 'AI version of September 2026 is not known'],
    ['no AI version', [{}, {}, { aiVersions: [] }], 'AI version of September 2026 is not known'],
  ])('stops an expansion on %s, and never reduces', (_, window, reason) => {
    const evaluation = evaluate(window)
    expect(gateOf(evaluation, 'G8').verdict).toBe('inconclusive')
    expect(gateOf(evaluation, 'G8').reason).toContain(reason)
    expect(evaluation.recommendation).toBe('keep')
  })

  it('lets a month exactly at the limit count', () => {
    expect(gateOf(evaluate([{ errors: 5 }, { errors: 0 }, { errors: 0 }]), 'G8').verdict).toBe('pass')
  })
})

describe('G9, critical defects', () => {
  it('fails on one, in any month of the window, even one that can still change', () => {
    expect(evaluate([{ criticalDefects: 1 }, {}, {}]).recommendation).toBe('reduce')
    expect(gateOf(evaluate([{}, {}, { criticalDefects: 1, isFinal: false }]), 'G9').verdict).toBe('fail')
  })

  it('does not pass where nobody looked', () => {
    expect(gateOf(evaluate(all({ reviews: 0, errors: 0 })), 'G9')).toMatchObject({
      verdict: 'inconclusive',
      value: null,
    })
  })

  it('does not pass where errors were found and none of them was graded', () => {
    expect(gateOf(evaluate(all({ errors: 1, graded: 0 })), 'G9')).toMatchObject({
      verdict: 'inconclusive',
      value: null,
      reason:
        '3 errors found in July to September 2026, none with a severity, so nobody knows whether one was critical.',
    })
    expect(gateOf(evaluate([{ graded: 0 }, { graded: 1 }, {}]), 'G9').verdict).toBe('pass')
    expect(gateOf(evaluate(all({ errors: 0 })), 'G9').verdict).toBe('pass')
  })
})

describe('G10, many types at once', () => {
  /** Three errors in 195 reviews pass alone at 99 %; the others are at the limit. */
  const types = (others: number): { histories: TypeHistory[]; standings: TypeStanding[] } => {
    const names = ['candidate', ...Array.from({ length: others }, (_, index) => `other_${index}`)]
    return {
      histories: names.map((name, index) =>
        typeHistory(
          name,
          '2026-01',
          Array.from({ length: 9 }, () => (index === 0 ? { errors: 1, reviews: 70 } : { errors: 5 })),
        ),
      ),
      standings: names.map((name) => typeStanding(name)),
    }
  }
  const candidateAmong = (others: number) => {
    const { histories, standings } = types(others)
    const found = evaluateMonth(defaultPolicy, '2026-09', histories, standings, context).find(
      ({ interactionType }) => interactionType === 'candidate',
    )
    if (found === undefined) throw new Error('The candidate was not evaluated.')
    return found
  }

  it('passes alone what does not pass as one of many', () => {
    expect(gateOf(candidateAmong(0), 'G10').verdict).toBe('pass')
    expect(candidateAmong(0).recommendation).toBe('expand')
    const crowded = candidateAmong(13)
    expect(gateOf(crowded, 'G10')).toMatchObject({ verdict: 'inconclusive', denominator: 14 })
    expect(crowded.recommendation).toBe('keep')
  })

  it('leaves out types that cannot expand', () => {
    const { histories, standings } = types(13)
    const fixed = standings.map((standing, index) =>
      index === 0 ? standing : { ...standing, ceiling: 'human_in_the_loop' as const },
    )
    const candidate = evaluateMonth(defaultPolicy, '2026-09', histories, fixed, context)[0]
    expect(candidate?.recommendation).toBe('expand')
  })
})

describe('bake time', () => {
  it('asks for a whole month of evidence under the level before the next expansion', () => {
    const policy = { ...defaultPolicy, windowMonths: 1, gates: { ...defaultPolicy.gates, G8: { months: 1 } } }
    const at = (levelSince: string, isBaseline = false) =>
      evaluateMonth(
        policy,
        '2026-09',
        [
          typeHistory(
            'refund_request',
            '2026-01',
            Array.from({ length: 9 }, () => ({ reviews: 300 })),
          ),
        ],
        [typeStanding('refund_request', { levelSince: new Date(levelSince), isBaseline })],
        context,
      )[0]
    expect(at('2026-09-01T00:00:00Z')?.recommendation).toBe('expand')
    expect(at('2026-09-02T00:00:00Z')?.blockers[0]).toBe(
      'The level changed on 2 Sep 2026; the first evidence that can expand it again is that of October 2026.',
    )
    expect(at('2026-09-02T00:00:00Z', true)?.recommendation).toBe('expand')
  })
})
