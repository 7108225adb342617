import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type {
  Recommendation,
  TypeEvaluation,
  TypeHistory,
  TypeStanding,
  Verdict,
} from '#governance/evaluate/evaluation.ts'
import { oversightLevels } from '#governance/evaluate/levels.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { riskTiers } from '#governance/policy/policy.ts'
import { type Cohort, type CsatScale, type MetricPoint, metricIds } from '#models/metrics.ts'
import { addMonths, parseMonth } from '#models/reporting-month.ts'
import { seededRandom } from '#models/statistics/seeded-random.ts'
import { type MonthFacts, typeHistory, typeStanding } from '#test/build/type-history.ts'

const month = '2026-09'
const context = { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'Europe/Berlin' }
const evaluate = (histories: readonly TypeHistory[], standings: readonly TypeStanding[]) =>
  evaluateMonth(defaultPolicy, month, histories, standings, context)

const names = fc.constantFrom('a', 'b', 'c', 'd')
const months = fc.integer({ min: -14, max: 2 }).map((offset) => addMonths(parseMonth(month), offset))

const standing = (interactionType: string): fc.Arbitrary<TypeStanding> =>
  fc.record({
    interactionType: fc.constant(interactionType),
    isRegistered: fc.boolean(),
    riskTier: fc.constantFrom(null, ...riskTiers),
    ceiling: fc.constantFrom(null, ...oversightLevels),
    level: fc.constantFrom(null, ...oversightLevels),
    levelSince: fc.option(fc.date({ min: new Date('2025-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })),
    isBaseline: fc.boolean(),
  })
const standings = fc.uniqueArray(names).chain((some) => fc.tuple(...some.map(standing)))

/** Any point at all, sound or not: counts that cannot be must not stop a review of the other types. */
const wildPoint: fc.Arbitrary<MetricPoint> = fc.record({
  month: months,
  interactionType: names,
  metric: fc.constantFrom(...metricIds),
  cohort: fc.constantFrom<Cohort>('all', 'ai', 'ai_assisted', 'ai_participated', 'human'),
  scale: fc.constantFrom<CsatScale | null>(null, 'binary', 'three_point', 'five_point'),
  numerator: fc.oneof(fc.nat(500), fc.double()),
  denominator: fc.oneof(fc.nat(500), fc.double()),
  sumOfSquares: fc.option(fc.double()),
  effectiveSize: fc.constant(null),
  value: fc.option(fc.double()),
  lower: fc.option(fc.double()),
  upper: fc.option(fc.double()),
  isFinal: fc.boolean(),
  definitionVersion: fc.integer({ min: 1, max: 2 }),
})
const wildHistories = fc.uniqueArray(
  fc.record({
    interactionType: names,
    months: fc.array(
      fc.record({
        month: months,
        points: fc.array(wildPoint, { maxLength: 30 }),
        aiVersions: fc.array(fc.record({ aiVersion: fc.constantFrom('1', '2', 'unknown'), contactCount: fc.nat(9) })),
      }),
    ),
  }),
  { selector: (history) => history.interactionType },
)

/** Sound months of which each may be good or bad. */
const facts: fc.Arbitrary<MonthFacts> = fc
  .record({
    reviews: fc.integer({ min: 1, max: 150 }),
    errorShare: fc.constantFrom(0, 0, 0.01, 0.05, 0.2),
    criticalDefects: fc.constantFrom(0, 0, 0, 1),
    satisfied: fc.integer({ min: 400, max: 600 }),
    repeats: fc.integer({ min: 100, max: 250 }),
    unexpected: fc.integer({ min: 60, max: 180 }),
  })
  .map(({ errorShare, ...rest }) => ({ ...rest, errors: Math.floor(errorShare * rest.reviews) }))
const year = fc.array(facts, { minLength: 9, maxLength: 9 })
const years = fc.array(year, { minLength: 1, maxLength: 4 })
const typesOf = (all: readonly (readonly MonthFacts[])[]) => ({
  histories: all.map((type, index) => typeHistory(`type_${index}`, '2026-01', type)),
  standings: all.map((_, index) => typeStanding(`type_${index}`)),
})

const verdictRank: Record<Verdict, number> = { fail: 0, inconclusive: 1, pass: 2 }
const recommendationRank: Record<Recommendation, number> = { reduce: 0, keep: 1, expand: 2 }

function expectNoBetter(after: readonly TypeEvaluation[], before: readonly TypeEvaluation[]): void {
  for (const [index, evaluation] of after.entries()) {
    const earlier = before[index]
    expect(recommendationRank[evaluation.recommendation]).toBeLessThanOrEqual(
      recommendationRank[earlier?.recommendation ?? 'reduce'],
    )
    for (const [at, gate] of evaluation.gates.entries()) {
      const was = earlier?.gates[at]
      expect(verdictRank[gate.verdict], `${gate.gate}: ${was?.reason} / ${gate.reason}`).toBeLessThanOrEqual(
        verdictRank[was?.verdict ?? 'fail'],
      )
    }
  }
}

describe('evaluateMonth, whatever it is given', () => {
  it('gives every type nine verdicts and one recommendation, and never throws', () => {
    fc.assert(
      fc.property(wildHistories, standings, (histories, given) => {
        for (const evaluation of evaluate(histories, given)) {
          expect(evaluation.gates).toHaveLength(9)
          expect(evaluation.gates.every(({ reason }) => reason.endsWith('.') && !reason.includes('NaN'))).toBe(true)
          expect(evaluation.targetLevel === null).toBe(evaluation.recommendation === 'keep')
        }
      }),
      { numRuns: 500 },
    )
  })

  it('never passes a gate without data in the evidence month', () => {
    fc.assert(
      fc.property(year, (all) => {
        const withoutLatest = typeHistory('a', '2026-01', all.slice(0, -1))
        const [evaluation] = evaluate([withoutLatest], [typeStanding('a')])
        const passed = (evaluation?.gates ?? []).filter(({ verdict }) => verdict === 'pass').map(({ gate }) => gate)
        expect(passed).toEqual([])
        expect(evaluation?.recommendation).not.toBe('expand')
      }),
    )
  })

  it('never passes nor fails anything without any data', () => {
    const [evaluation] = evaluate([], [typeStanding('a')])
    expect(evaluation?.gates.map(({ verdict }) => verdict)).toEqual(Array(9).fill('inconclusive'))
  })

  it('fails only on G1 to G5 and G9', () => {
    fc.assert(
      fc.property(years, (all) => {
        const { histories, standings: given } = typesOf(all)
        for (const { gates } of evaluate(histories, given)) {
          for (const { gate, verdict } of gates) {
            if (verdict === 'fail') expect(['G1', 'G2', 'G3', 'G4', 'G5', 'G9']).toContain(gate)
          }
        }
      }),
    )
  })

  it('does not depend on the order of types, months or points', () => {
    fc.assert(
      fc.property(years, fc.nat(), (all, seed) => {
        const { histories, standings: given } = typesOf(all)
        const random = seededRandom(seed)
        const shuffle = <T>(list: readonly T[]): T[] =>
          list
            .map((item) => ({ item, rank: random() }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ item }) => item)
        const shuffled = shuffle(histories).map((history) => ({
          ...history,
          months: shuffle(history.months.map((one) => ({ ...one, points: shuffle(one.points) }))),
        }))
        expect(evaluate(shuffled, shuffle(given))).toEqual(evaluate(histories, given))
      }),
    )
  })

  it('never judges any type better because one had more errors', () => {
    fc.assert(
      fc.property(
        years,
        fc.nat(3),
        fc.integer({ min: 6, max: 8 }),
        fc.integer({ min: 1, max: 60 }),
        (all, type, at, more) => {
          const changed = all.map((one, index) =>
            index === type % all.length
              ? one.map((fact, where) =>
                  where === at ? { ...fact, errors: Math.min(fact.reviews ?? 0, (fact.errors ?? 0) + more) } : fact,
                )
              : one,
          )
          const before = typesOf(all)
          const after = typesOf(changed)
          expectNoBetter(evaluate(after.histories, after.standings), evaluate(before.histories, before.standings))
        },
      ),
    )
  })

  it('never judges a type better because fewer were satisfied or more came back', () => {
    fc.assert(
      fc.property(year, fc.integer({ min: 6, max: 8 }), fc.integer({ min: 1, max: 200 }), (all, at, more) => {
        const changed = all.map((fact, index) =>
          index === at
            ? {
                ...fact,
                satisfied: (fact.satisfied ?? 0) - more,
                repeats: (fact.repeats ?? 0) + more,
                unexpected: (fact.unexpected ?? 0) + more,
                criticalDefects: (fact.criticalDefects ?? 0) + (more % 2),
              }
            : fact,
        )
        const before = typesOf([all])
        const after = typesOf([changed])
        expectNoBetter(evaluate(after.histories, after.standings), evaluate(before.histories, before.standings))
      }),
    )
  })
})
