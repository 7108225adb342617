import { describe, expect, it } from 'vitest'
import { createComparison } from '#app/evidence/comparison/comparison.ts'
import { overviewCharts } from '#app/evidence/overview-charts.ts'
import { buildOverview, type OverviewInput } from '#app/evidence/overview-view.ts'
import { indexPoints } from '#app/evidence/point-index.ts'
import type { ReviewProgress } from '#app/evidence/review-progress.ts'
import { typeHistories } from '#app/evidence/type-histories.ts'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { TypeStanding } from '#governance/evaluate/evaluation.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { MetricPoint } from '#models/metrics.ts'
import { csatAnswersOf, metricPoint, monthly, volumePoints } from '#test/build/metric-points.ts'
import { typeStanding } from '#test/build/type-history.ts'

const month = '2026-09'
const now = new Date('2026-10-20T00:00:00Z')

function overviewOf(
  points: readonly MetricPoint[],
  standings: readonly TypeStanding[],
  more: Partial<OverviewInput> = {},
) {
  const index = indexPoints(points)
  return buildOverview({
    month,
    months: [...new Set(points.map((point) => point.month))].sort(),
    points: index,
    csatChannels: csatAnswersOf(points),
    comparison: createComparison({
      kind: 'previous',
      month,
      types: index.typesIn(month),
      points: index,
      beforeLevelChange: new Map(),
      definitionChanges: [],
    }),
    policy: defaultPolicy,
    evaluations: evaluateMonth(defaultPolicy, month, typeHistories(points, []), standings, {
      now,
      reportingTimeZone: 'UTC',
    }),
    standings,
    review: undefined,
    finalOn: new Date('2026-10-08T00:00:00Z'),
    timeZone: 'UTC',
    ...more,
  })
}

/** Three months of two types: one with many errors, one with hardly a review. */
const points = ['refund_request', 'gift_card'].flatMap((interactionType) =>
  monthly('2026-07', 3, (month) => {
    const facts = { interactionType }
    const [errors, reviews] = interactionType === 'refund_request' ? [30, 200] : [0, 4]
    return [
      ...volumePoints(month, { ai: 100, assisted: 700, human: 200 }, facts),
      metricPoint(month, 'ai_error_rate', errors, reviews, facts),
      metricPoint(month, 'qa_completion', reviews, reviews, facts),
    ]
  }),
)
const registered = [typeStanding('refund_request'), typeStanding('gift_card')]

describe('the overview of a month', () => {
  it('leads with what is true and what to do', () => {
    const { lead } = overviewOf(points, registered)
    expect(lead.strong).toBe('One type should have less autonomy; none is ready for more.')
    expect(lead.rest).toContain('AI took part in 80.0\u202f% of 2,000 contacts.')
    expect(lead.rest).toContain('has not been opened')
  })

  it('asks to register first when nothing is registered, and shows no limit', () => {
    const view = overviewOf(points, [])
    expect(view.lead.strong).toContain('None of the 2 interaction types seen is registered')
    expect(view.openDecisions).toEqual([])
    expect(view.unregistered).toEqual(['gift_card', 'refund_request'])
    const [group] = view.groups
    expect(group?.title).toBe('Seen in data, not registered: 2')
    expect(group?.rows.every((row) => row.status.kind === 'unregistered')).toBe(true)
  })

  it('shows counts and no rate under 30 reviews, an interval from there on', () => {
    const rows = overviewOf(points, registered).groups.flatMap((group) => group.rows)
    expect(rows.find((row) => row.interactionType === 'gift_card')?.error).toMatchObject({
      kind: 'counts',
      countText: '0 of 12',
    })
    expect(rows.find((row) => row.interactionType === 'refund_request')?.error).toMatchObject({
      kind: 'rate',
      rateText: '15.0\u202f%',
      countText: '90 of 600',
      limit: 0.05,
    })
  })

  it('writes what was not measured as nothing, never as 0', () => {
    const view = overviewOf(points, registered)
    const row = view.groups[0]?.rows[0]
    expect(row?.csat.text).toBeNull()
    expect(row?.csat.why).toBe('No answered survey')
    const csat = view.headlines.find((headline) => headline.metric === 'csat_satisfied_rate')
    expect(csat).toMatchObject({ value: null, note: 'No survey was answered' })
  })

  it('weights the error rate of all types by their AI contacts', () => {
    const errors = overviewOf(points, registered).headlines.find((headline) => headline.metric === 'ai_error_rate')
    // Half the AI contacts at 15 %, half at 0 %: adding up reviews would say 14.7 %.
    expect(errors?.value).toBe('7.5\u202f%')
    expect(errors?.note).toContain('Weighted by AI contacts of each type, from 30 errors in 204 reviews')
  })

  it('decides and compares nothing on a provisional month', () => {
    const provisional = points.map((point) => ({ ...point, isFinal: point.month !== month }))
    const view = overviewOf(provisional, registered)
    expect(view.lead.strong).toBe(
      'September is provisional until the data reach through 7 Oct 2026: nothing is compared or decided on it yet.',
    )
    expect(view.openDecisions).toEqual([])
    expect(view.warnings).toEqual([])
    expect(view.groups[0]?.rows[0]?.status.kind).toBe('provisional')
    expect(view.headlines[0]?.note).toBe('Provisional, not compared')
  })

  it('groups open and decided types once the review runs', () => {
    const review: ReviewProgress = {
      month,
      isOpen: true,
      dueAt: new Date('2026-11-06T00:00:00Z'),
      types: new Map([
        [
          'refund_request',
          {
            proposal: {
              action: 'reduce',
              state: 'open',
              approvals: 1,
              rejections: 0,
              abstentions: 2,
              requiredApprovals: 3,
            },
            decision: null,
          },
        ],
        ['gift_card', { proposal: null, decision: { action: 'keep', decidedAt: new Date('2026-10-14T09:00:00Z') } }],
      ]),
    }
    const view = overviewOf(points, registered, { review })
    expect(view.groups.map((group) => group.title)).toEqual(['Open: 1 of 2', 'Decided: 1 of 2'])
    expect(view.groups[1]?.rows[0]?.decision.text).toBe('Keep, 14 Oct')
    expect(view.openDecisions).toMatchObject([
      { interactionType: 'refund_request', recommendation: 'reduce', votes: '1 of 3 approvals, 2 abstained' },
    ])
    expect(view.lead.strong).toContain('open type')
    expect(view.lead.rest).toContain('1 of 2 types is decided, 1 is open until 6 Nov 2026.')
  })

  it('asks for nothing more once every type is decided', () => {
    const decision = { action: 'keep', decidedAt: new Date('2026-10-14T09:00:00Z') } as const
    const types = new Map(['refund_request', 'gift_card'].map((type) => [type, { proposal: null, decision }]))
    const review = { month, isOpen: true, dueAt: new Date('2026-11-06T00:00:00Z'), types }
    const { lead, openDecisions } = overviewOf(points, registered, { review })
    expect(lead.strong).toBe('Every type in the September review is decided.')
    expect(lead.rest).toContain('2 of 2 types are decided.')
    expect(openDecisions).toEqual([])
  })

  it('never draws a whisker of a small sample beyond reading: the axis follows the estimates', () => {
    expect(overviewOf(points, registered).errorAxis.through).toBeGreaterThanOrEqual(0.15)
    expect(overviewOf(points, registered).errorAxis.through).toBeLessThanOrEqual(0.3)
  })
})

describe('the charts of the overview', () => {
  const drawn = { month, months: ['2026-07', '2026-08', '2026-09'], points: indexPoints(points) }

  it('speak of no month before where the page compares with something else', () => {
    const [, , errors] = overviewCharts({ ...drawn, compared: 'year' })
    expect(errors?.title).toBe('The AI is wrong in 7.5\u202f% of its contacts.')
  })

  it('state what the AI does and how often it is wrong, and repeat it as tables with their rows', () => {
    const charts = overviewCharts({ ...drawn, compared: 'previous' })
    expect(charts.map((chart) => chart.title)).toEqual([
      'How much of what is claimed stays resolved is not measured.',
      'The AI takes part in 80\u202f% of contacts, as in July 2026.',
      'The AI is wrong in 7.5\u202f% of its contacts, no clear change from August.',
    ])
    const [, handled, errors] = charts
    expect(handled?.twin.rows[0]?.cells.map((cell) => cell.text)).toEqual(['200', '1,400', '400', '0', '80.0\u202f%'])
    expect(errors?.twin.rows[2]?.cells.at(-1)).toEqual({
      text: '30 of 204',
      href: '/overview/interactions?month=2026-09&metric=ai_error_rate&cohort=ai_participated&part=denominator',
    })
    expect(errors?.drawing?.wide.match(/g-dot/g)).toHaveLength(3)
  })
})
