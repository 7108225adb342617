import { describe, expect, it } from 'vitest'
import { createComparison } from '#app/evidence/comparison/comparison.ts'
import { noFilter } from '#app/evidence/filter/evidence-filter.ts'
import { fiveSigns } from '#app/evidence/overview/five-signs.ts'
import { metricMoves } from '#app/evidence/overview/metric-moves.ts'
import { stripWeeks } from '#app/evidence/overview/strip-weeks.ts'
import { weeklyStrip } from '#app/evidence/overview/weekly-strip.ts'
import { indexPoints } from '#app/evidence/point-index.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { MetricId, MetricPoint } from '#models/metrics.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { csatAnswersOf, metricPoint, monthly, volumePoints } from '#test/build/metric-points.ts'

const month = parseMonth('2026-09')

const noCounts = {
  contact_count: 0,
  random_reviewed_count: 0,
  error_count: 0,
  defect_hallucination_count: 0,
  defect_policy_misapplication_count: 0,
  defect_tone_mismatch_count: 0,
  defect_incomplete_resolution_count: 0,
  defect_other_count: 0,
  escalated_count: 0,
  unexpected_escalated_count: 0,
  unknown_escalated_count: 0,
  claim_given_count: 0,
  unresolved_count: 0,
}

function signsOf(points: readonly MetricPoint[], closedMonths: readonly string[]) {
  const input = { interactionType: 'refund_request', month, closedMonths, policy: defaultPolicy, evaluation: undefined }
  return fiveSigns(month, [{ ...input, points: indexPoints(points), csatChannels: csatAnswersOf(points) }])
}

describe('the five warning signs', () => {
  const months = ['2026-07', '2026-08', '2026-09']
  const points = monthly('2026-07', 3, (at) => [
    ...volumePoints(at, { ai: 100 }),
    metricPoint(at, 'qa_completion', 40, 100),
    metricPoint(at, 'ai_error_rate', 0, 40),
  ])

  it('are all said: shown, absent, or not measurable', () => {
    const states = signsOf(points, months).map(({ name, state }) => [name, state])
    expect(states).toEqual([
      ['CSAT down while AI does more', 'unmeasurable'],
      ['Repeat contact up', 'unmeasurable'],
      ['Unexpected escalations up', 'unmeasurable'],
      ['Reviews skipped or late', 'sign'],
      ['Error rate unknown', 'ok'],
    ])
    expect(signsOf(points, months)[3]?.types).toEqual([
      { interactionType: 'refund_request', href: '/types/refund_request?month=2026-09' },
    ])
  })

  it('cannot be measured in a provisional month', () => {
    expect(signsOf(points, []).every(({ state, text }) => state === 'unmeasurable' && text === 'Not judged yet')).toBe(
      true,
    )
  })
})

describe('what got better or worse', () => {
  function movesOf(satisfiedNow: number) {
    const scale = { scale: 'five_point' } as const
    const points = indexPoints([
      ...volumePoints('2026-08', { ai: 1000 }),
      ...volumePoints('2026-09', { ai: 1000 }),
      metricPoint('2026-08', 'csat_satisfied_rate', 400, 500, scale),
      metricPoint('2026-09', 'csat_satisfied_rate', satisfiedNow, 500, scale),
    ])
    const comparison = createComparison({
      kind: 'previous',
      month,
      types: ['refund_request'],
      points,
      beforeLevelChange: new Map(),
      definitionChanges: [],
    })
    const explanations = [
      { at: new Date('2026-09-03T00:00:00Z'), interactionType: null, text: 'prompt change: shorter answers' },
      { at: new Date('2026-07-03T00:00:00Z'), interactionType: null, text: 'too early' },
      { at: new Date('2026-09-03T00:00:00Z'), interactionType: 'other', text: 'of another type' },
    ]
    return metricMoves({ month, types: ['refund_request'], points, comparison, explanations, timeZone: 'UTC' })
  }

  it('is a sentence with numbers and what happened in between', () => {
    const [move] = movesOf(460)
    expect(move).toMatchObject({
      isBetter: true,
      word: 'CSAT up',
      since: 'In between: prompt change: shorter answers (3 Sep 2026).',
    })
    expect(move?.text).toContain('went from 80.0 to 92.0\u202f% since August 2026 (460 of 500), beyond chance')
    expect(movesOf(330)[0]).toMatchObject({ isBetter: false, word: 'CSAT down' })
  })

  it('is silent about what chance alone does', () => {
    expect(movesOf(412)).toEqual([])
  })
})

describe('the weekly strip', () => {
  it('ends with the last whole week of the month', () => {
    // 30 September 2026 is a Wednesday.
    expect(stripWeeks(month)).toEqual({ from: '2026-06-29', through: '2026-09-21' })
    // 31 May 2026 is a Sunday: its week is whole.
    expect(stripWeeks(parseMonth('2026-05')).through).toBe('2026-05-25')
  })

  it('adds up the chosen types, and shows no rate under 30 cases', () => {
    const row = (interaction_type: string, counts: Partial<typeof noCounts>) => ({
      ...noCounts,
      week_start: '2026-09-21',
      interaction_type,
      ...counts,
    })
    const strip = weeklyStrip(
      [
        row('a', {
          contact_count: 60,
          escalated_count: 6,
          random_reviewed_count: 20,
          error_count: 2,
          defect_tone_mismatch_count: 3,
        }),
        row('b', { contact_count: 40, escalated_count: 4 }),
        row('left out', { contact_count: 1000, escalated_count: 999 }),
      ],
      { types: ['a', 'b'], month, filter: noFilter },
    )
    const measure = (metric: MetricId) => strip?.measures.find((one) => one.metric === metric)?.weeks[0]
    expect(measure('escalation_rate')).toMatchObject({ value: 0.1, numerator: 10, denominator: 100 })
    expect(measure('ai_error_rate')).toMatchObject({ value: null, text: '2 of 20: a rate is shown from 30' })
    expect(strip?.summary).toContain('tone mismatch: 3 of 3')
    // 6.0 to 17.4 % drawn up to a whole per cent.
    expect(strip?.measures.find(({ metric }) => metric === 'escalation_rate')?.through).toBe(0.18)
    expect(weeklyStrip([], { types: ['a'], month, filter: noFilter })).toBeNull()
  })

  it('lead from each count to the contacts of that week, under the filter of the page', () => {
    const rows = [{ ...noCounts, week_start: '2026-09-21', interaction_type: 'a', contact_count: 50, error_count: 1 }]
    const strip = weeklyStrip(
      [{ ...(rows[0] as (typeof rows)[number]), random_reviewed_count: 5, defect_other_count: 1 }],
      { types: null, month, filter: { ...noFilter, channel: 'chat' } },
    )
    const of = (metric: MetricId) => strip?.measures.find((one) => one.metric === metric)?.weeks[0]?.href
    expect(of('ai_error_rate')).toBe(
      '/overview/interactions?month=2026-09&metric=ai_error_rate&cohort=ai_participated&part=denominator&from=2026-09-21&through=2026-09-27&channel=chat',
    )
    expect(of('unresolved_rate')).toBeNull()
    expect(strip?.defects.find(({ name }) => name === 'other')?.weeks[0]?.href).toContain('defect=other')
  })
})
