import { describe, expect, it } from 'vitest'
import { deteriorationGate } from '#governance/evaluate/gates/deterioration.ts'
import { typeEvidence } from '#governance/evaluate/type-evidence.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { type ChartedMonth, controlCharts } from '#models/control-charts/control-chart.ts'
import { chartMetricPoints, listControlCharts } from '#models/control-charts/list-control-charts.ts'
import { addMonths, parseMonth } from '#models/reporting-month.ts'
import { typeHistory, typeStanding } from '#test/build/type-history.ts'
import { warehouseOf } from '../warehouse-of.ts'

const from = (index: number) => addMonths(parseMonth('2025-01'), index)
const shares = (numerators: readonly number[], denominator: number): ChartedMonth[] =>
  numerators.map((numerator, index) => ({
    month: from(index),
    value: numerator / denominator,
    numerator,
    denominator,
    definitionVersion: 1,
  }))
const values = (given: readonly number[]): ChartedMonth[] =>
  given.map((value, index) => ({ month: from(index), value, numerator: value, denominator: 1, definitionVersion: 1 }))

/** Rules and directions of each month, those without left out. */
function signalsOf(metric: Parameters<typeof controlCharts>[0], months: ChartedMonth[]) {
  const chart = controlCharts(metric, months).at(-1)
  return Object.fromEntries(
    (chart?.points ?? []).flatMap(({ month, signals }) =>
      signals.length === 0 ? [] : [[month, signals.map(({ rule, direction }) => `${rule} ${direction}`)]],
    ),
  )
}

const zigzag = [100, 102, 99, 101, 98, 103, 100, 99, 102, 98, 101, 100]

describe('the chart that is chosen', () => {
  it.each([
    ['xmr for a mean', 'qa_score', values(zigzag), 'xmr'],
    ['xmr for a count', 'failed_handoffs', values([3, 4, 2, 5, 3, 4]), 'xmr'],
    ['Laney\u2019s p\u2032 for a share of many', 'repeat_contact_rate_48h', shares(zigzag, 2000), 'laney_p'],
    ['exact tails for a share of few', 'ai_error_rate', shares([1, 0, 2, 1, 0, 1], 60), 'exact_p'],
    ['exact tails where hits are rare', 'ai_error_rate', shares([1, 2, 1, 0, 2, 1], 1000), 'exact_p'],
    ['none under six months', 'qa_score', values(zigzag.slice(0, 5)), 'none'],
  ] as const)('is %s', (_what, metric, months, kind) => {
    const [chart] = controlCharts(metric, [...months])
    expect(chart?.kind).toBe(kind)
    expect(chart?.points).toHaveLength(months.length)
    if (kind !== 'none') return
    expect(chart).toMatchObject({ centre: null, isTrial: true })
    expect(
      chart?.points.every(({ lower, upper, signals }) => lower === null && upper === null && signals.length === 0),
    ).toBe(true)
  })

  it('keeps the centre of the first twelve months, and calls fewer a trial', () => {
    const [chart] = controlCharts('qa_score', values([...zigzag, 120, 121]))
    expect(chart).toMatchObject({ isTrial: false })
    expect(chart?.centre).toBeCloseTo(zigzag.reduce((sum, value) => sum + value, 0) / 12, 12)
    expect(controlCharts('qa_score', values(zigzag.slice(0, 11)))[0]?.isTrial).toBe(true)
  })

  it('draws another series for another definition', () => {
    const months = values([...zigzag, 60, 61, 59]).map((month, index) => ({
      ...month,
      definitionVersion: index < 12 ? 1 : 2,
    }))
    const charts = controlCharts('qa_score', months)
    expect(charts.map(({ kind, definitionVersion, points }) => [kind, definitionVersion, points.length])).toEqual([
      ['xmr', 1, 12],
      ['none', 2, 3],
    ])
    expect(charts.flatMap(({ points }) => points.flatMap(({ signals }) => signals))).toEqual([])
    expect(controlCharts('qa_score', [])).toEqual([])
  })
})

describe('each rule in both directions', () => {
  const turned = (series: readonly number[]) => series.map((value) => 200 - value)
  const outside = [...zigzag, 125]
  // Limits of the zigzag lie 7.7 and near limits 5.1 from its mean of 100.25.
  const near = [...zigzag, 106, 101, 106]
  const trend = [...zigzag, 97, 98, 99, 100, 101, 102, 103]
  const side = [...zigzag, 101, 102, 101, 103, 101, 102, 101]

  it.each([
    ['up', (series: readonly number[]) => series],
    ['down', turned],
  ] as const)('%s', (direction, turn) => {
    expect(signalsOf('qa_score', values(turn(outside)))).toEqual({ '2026-01': [`outside_limits ${direction}`] })
    expect(signalsOf('qa_score', values(turn(near)))).toEqual({
      '2026-01': [`two_in_three ${direction}`],
      '2026-03': [`two_in_three ${direction}`],
    })
    const rising = signalsOf('qa_score', values(turn(trend)))
    expect(Object.keys(rising)).toEqual(['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07'])
    for (const rules of Object.values(rising)) expect(rules).toEqual([`seven_point_trend ${direction}`])
    const aside = signalsOf('qa_score', values(turn(side)))
    expect(Object.values(aside).flat()).toContain(`seven_points_one_side ${direction}`)
    expect(Object.keys(aside)).toContain('2026-07')
  })

  it('says for the better or worse by the catalogue, and neither where the number alone says nothing', () => {
    const last = (metric: Parameters<typeof controlCharts>[0]) =>
      controlCharts(metric, values(outside))[0]?.points.at(-1)?.signals[0]?.isFavourable
    expect([last('qa_score'), last('human_minutes_per_100'), last('volume')]).toEqual([true, false, null])
  })

  it('finds the same on a chart of shares: a jump of many, a jump of few, none without one', () => {
    expect(signalsOf('repeat_contact_rate_48h', shares([...zigzag, 160], 2000))).toEqual({
      '2026-01': ['outside_limits up'],
    })
    expect(signalsOf('ai_error_rate', shares([1, 0, 2, 1, 0, 1, 1, 0, 2, 1, 0, 1, 7], 60))).toEqual({
      '2026-01': ['outside_limits up'],
    })
    expect(signalsOf('ai_error_rate', shares([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 20))).toEqual({})
    expect(signalsOf('ai_error_rate', shares([3, 3, 3, 3, 3, 3, 3], 60))).toEqual({})
  })

  it('lays the centre of weighted shares among the shares, though their counts are whole', () => {
    const rates = [0.041, 0.038, 0.043, 0.039, 0.042, 0.037, 0.041, 0.04]
    const points = rates.map((value, index) => ({
      month: from(index),
      interactionType: 't',
      metric: 'ai_error_rate' as const,
      cohort: 'ai_participated' as const,
      scale: null,
      // So many reviews, errors among those of the rarely reviewed stratum: the value is no quotient of them.
      numerator: 9,
      denominator: 80,
      sumOfSquares: null,
      effectiveSize: 60,
      value,
      lower: null,
      upper: null,
      isFinal: true,
      definitionVersion: 1,
    }))
    const [chart] = chartMetricPoints(points)[0]?.charts ?? []
    expect(chart?.centre).toBeCloseTo(rates.reduce((sum, rate) => sum + rate, 0) / rates.length, 12)
    expect(chart?.points.flatMap(({ signals }) => signals)).toEqual([])
  })

  it('puts a month outside exactly where its value lies beyond its limits', () => {
    for (const months of [
      values(outside),
      shares([...zigzag, 160, 55], 2000),
      shares([1, 0, 2, 1, 0, 1, 1, 0, 2, 1, 0, 1, 7, 4, 0], 60),
    ]) {
      const metric = months[0]?.denominator === 1 ? 'qa_score' : 'ai_error_rate'
      for (const { value, lower, upper, signals } of controlCharts(metric, months)[0]?.points ?? []) {
        const isOutside = value < (lower ?? 0) - 1e-12 || value > (upper ?? 1) + 1e-12
        expect(signals.some(({ rule }) => rule === 'outside_limits')).toBe(isOutside)
      }
    }
  })
})

describe('G6 and the chart', () => {
  const context = { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' }

  it.each([
    ['repeat contact rising', (index: number) => ({ repeats: 160 + 3 * index }), 'repeat_contact_rate_48h'],
    ['CSAT falling', (index: number) => ({ satisfied: 540 - 2 * index }), 'csat_satisfied_rate'],
    ['an error rate that jumps', (index: number) => ({ errors: index === 8 ? 6 : index % 2 }), 'ai_error_rate'],
    ['nothing', (index: number) => ({ unexpected: 90 + (index % 2) }), null],
  ] as const)('say the same of %s', (_what, change, metric) => {
    const history = typeHistory(
      't',
      '2026-01',
      Array.from({ length: 9 }, (_, index) => ({ unexpected: 90 + (index % 2), ...change(index) })),
    )
    const evidence = typeEvidence(recommendedPolicy, '2026-09', typeStanding('t'), history, context)
    const watched = new Set([
      'ai_error_rate',
      'csat_satisfied_rate',
      'repeat_contact_rate_48h',
      'unexpected_escalation_rate',
    ])
    const charted = chartMetricPoints(history.months.flatMap(({ points }) => points))
      .filter((one) => watched.has(one.metric) && one.cohort === 'ai_participated')
      .flatMap(({ metric, charts }) => {
        const open =
          charts
            .at(-1)
            ?.points.slice(-3)
            .flatMap(({ signals }) => signals) ?? []
        const rules = new Set(open.filter(({ isFavourable }) => isFavourable === false).map(({ rule }) => rule))
        return [...rules].map((rule) => `${metric} ${rule}`)
      })
    expect(deteriorationGate(evidence)?.value).toBe(charted.length)
    expect(charted.map((each) => each.split(' ')[0])).toEqual(metric === null ? [] : charted.map(() => metric))
  })
})

describe('listControlCharts', () => {
  it('reads every metric of a type, final months with a value only', async () => {
    const interactions = Array.from({ length: 8 }, (_, month) =>
      Array.from({ length: 5 + (month % 2) }, (_, index) => ({
        interaction_id: `${month}-${index}`,
        started_at: new Date(Date.UTC(2026, month, 3 + index)),
        ended_at: new Date(Date.UTC(2026, month, 3 + index, 1)),
      })),
    ).flat()
    const { db } = await warehouseOf({ interactions })
    const found = await listControlCharts(db, {
      from: parseMonth('2026-01'),
      through: parseMonth('2026-08'),
      interactionType: 't',
    })
    const volume = found.find(({ metric, cohort }) => metric === 'volume' && cohort === 'all')
    expect(volume?.charts[0]).toMatchObject({ kind: 'xmr', centre: 5.5 })
    expect(volume?.charts[0]?.points.map(({ value }) => value)).toEqual([5, 6, 5, 6, 5, 6, 5, 6])
    expect(found.some(({ metric }) => metric === 'ai_error_rate')).toBe(false)
    expect(
      await listControlCharts(db, {
        from: parseMonth('2026-01'),
        through: parseMonth('2026-08'),
        interactionType: 'x',
      }),
    ).toEqual([])
  })
})
