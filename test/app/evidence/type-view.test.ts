import { describe, expect, it } from 'vitest'
import { chartMonths, closedMonthsUpTo } from '#app/evidence/closed-months.ts'
import { noFilter } from '#app/evidence/filter/evidence-filter.ts'
import { filteredIndex } from '#app/evidence/filter/filtered-index.ts'
import { indexPoints } from '#app/evidence/point-index.ts'
import { buildTypeView, type TypeViewInput } from '#app/evidence/type/type-view.ts'
import { typeHistories } from '#app/evidence/type-histories.ts'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { Decision } from '#governance/review/decision.ts'
import type { MetricPoint } from '#models/metrics.ts'
import { csatAnswersOf, metricPoint, monthly, volumePoints } from '#test/build/metric-points.ts'
import { typeStanding } from '#test/build/type-history.ts'

const month = '2026-09'

function viewOf(points: readonly MetricPoint[], more: Partial<TypeViewInput> = {}) {
  const standing = typeStanding('refund_request', { riskTier: 'medium' })
  const [evaluation] = evaluateMonth(defaultPolicy, month, typeHistories(points, []), [standing], {
    now: new Date('2026-11-20T00:00:00Z'),
    reportingTimeZone: 'UTC',
  })
  return buildTypeView({
    interactionType: 'refund_request',
    month,
    months: [...new Set(points.map((point) => point.month))].sort(),
    points: indexPoints(points),
    csatChannels: csatAnswersOf(points),
    policy: defaultPolicy,
    evaluation,
    standing,
    registration: undefined,
    history: undefined,
    levels: [],
    decisions: [],
    changes: [],
    segments: [],
    timeZone: 'UTC',
    ...more,
  })
}

const errorsByMonth = [2, 2, 3, 2, 8, 14]
const story = monthly('2026-04', 6, (month, index) => [
  ...volumePoints(month, { assisted: 500, human: 500 }),
  metricPoint(month, 'ai_error_rate', errorsByMonth[index] ?? 0, 250),
  metricPoint(month, 'qa_completion', 250, 250),
])

describe('the page of a type', () => {
  it('leads with the error rate, its interval, the limit and since when', () => {
    const { lead } = viewOf(story)
    expect(lead.strong).toBe(
      'Error rate 3.2\u202f% (2.2\u00a0to\u00a04.7) in July to September 2026, over the 2\u202f% limit since August 2026.',
    )
    expect(lead.rest).toContain(
      'September alone is 5.6\u202f% (3.4\u00a0to\u00a09.2), so the failure is shown, not suspected.',
    )
  })

  it('describes some contacts without a limit, and lets gates and status speak of all', () => {
    const filter = { ...noFilter, channel: 'chat' }
    const part = monthly('2026-04', 6, (month) => [
      ...volumePoints(month, { assisted: 200, human: 100 }),
      metricPoint(month, 'ai_error_rate', 4, 100),
    ])
    const all = viewOf(story)
    const view = viewOf(story, {
      points: filteredIndex(indexPoints(story), filter, part, null),
      allPoints: indexPoints(story),
    })
    expect(view.lead.strong).toBe('Error rate 4.0 % (2.3 to 6.9) in July to September 2026.')
    expect(view.gates).toEqual(all.gates)
    expect(view.status).toEqual(all.status)
    expect(view.filterNote).toContain('are of chat only and have no limits')
    expect(view.mainChart.drawing?.wide).not.toContain('limit')
    expect(view.charts.find(({ id }) => id === 'score')?.title).toBe('Reviews of these months carry no score.')
    expect(view.mainChart.twin.rows.at(-1)?.cells.at(-1)?.href).toContain('channel=chat')
  })

  it('says where months have too few to show a value, not that there are none', () => {
    const view = viewOf([...story, metricPoint('2026-09', 'qa_score', 900, 10)])
    expect(view.charts.find(({ id }) => id === 'score')?.title).toBe(
      'QA score is not shown: no month has the 30 that it is shown from.',
    )
  })

  it('names one reason for everything that is missing where the AI took part in no contact', () => {
    const view = viewOf(
      monthly('2026-04', 6, (month) => [
        ...volumePoints(month, { human: 50 }),
        metricPoint(month, 'ai_error_rate', 0, 0),
        metricPoint(month, 'repeat_contact_rate_48h', 0, 0),
        metricPoint(month, 'critical_defects', 0, 0),
      ]),
    )
    expect(view.mainChart).toMatchObject({ title: 'No AI contact in September 2026.', text: '' })
    expect(['csat', 'repeat', 'score'].map((id) => view.charts.find((chart) => chart.id === id)?.title)).toEqual(
      Array.from({ length: 3 }, () => 'No AI contact in April to September 2026.'),
    )
    expect(view.resolution.rest).toBe('No AI contact in July to September 2026.')
    const whyNot = (metric: string) => view.watching.find((fact) => fact.metric === metric)?.why
    expect(['qa_on_time_rate', 'unexpected_escalation_rate', 'critical_defects'].map(whyNot)).toEqual(
      Array.from({ length: 3 }, () => 'No AI contact in September 2026'),
    )
    expect(view.gates.filter(({ reason }) => reason === 'No AI contact in July to September 2026.')).toHaveLength(9)
    expect(new Set(view.gates.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']))
  })

  it('shows the decision that the review of the month took, and no other', () => {
    const taken: Decision = {
      id: 'd1',
      kind: 'cycle',
      month,
      interactionType: 'refund_request',
      proposalId: 'p1',
      action: 'reduce',
      fromLevel: 'human_in_the_loop',
      toLevel: 'human_as_the_loop',
      reason: 'Over the limit.',
      meaning: 'reduced it',
      evidenceHash: null,
      policyVersion: 1,
      decidedAt: new Date('2026-10-14T09:00:00Z'),
      signer: { id: 'u1', name: 'Ada', role: 'approver' },
      effectiveAt: new Date('2026-10-14T09:00:00Z'),
      validUntil: new Date('2027-01-14T09:00:00Z'),
      approvalDueAt: null,
    }
    expect(viewOf(story, { decisions: [taken] }).decision).toEqual({
      action: 'reduce',
      on: '14 Oct 2026',
      href: '/decisions/d1',
    })
    expect(viewOf(story, { decisions: [{ ...taken, month: '2026-08' }] }).decision).toBeNull()
    expect(viewOf(story, { decisions: [{ ...taken, kind: 'stop', month: null }] }).decision).toBeNull()
  })

  it('titles the chart with its finding and repeats every number in the table', () => {
    const { mainChart } = viewOf(story)
    expect(mainChart.title).toBe(
      'Over the 2\u202f% limit since August 2026; the September interval lies wholly above it.',
    )
    expect(mainChart.drawing?.wide).toContain('<svg')
    expect(mainChart.twin.rows).toHaveLength(6)
    expect(mainChart.twin.rows.at(-1)?.cells.map((cell) => cell.text)).toEqual([
      '5.6\u202f%',
      '3.4\u00a0to\u00a09.2',
      '14 of 250',
    ])
    expect(mainChart.twin.rows.at(-1)?.cells.at(-1)?.href).toContain('/types/refund_request/interactions?')
    expect(mainChart.summary).toContain('6 months')
  })

  it('draws nothing and says why where nothing was measured', () => {
    const { charts } = viewOf(story)
    const csat = charts.find((chart) => chart.id === 'csat')
    expect(csat?.drawing).toBeNull()
    expect(csat?.title).toBe('No survey of an AI contact was answered in these months.')
  })

  it('shows no rate of a month with few reviews', () => {
    const few = monthly('2026-08', 2, (month, index) => [
      ...volumePoints(month, { assisted: 500 }),
      metricPoint(month, 'ai_error_rate', 1, index === 0 ? 250 : 12),
    ])
    const { mainChart } = viewOf(few)
    expect(mainChart.title).toBe('September has too few reviews to show a rate.')
    expect(mainChart.twin.rows.at(-1)?.cells.map((cell) => cell.text)).toEqual(['– shown from 30', '–', '1 of 12'])
    expect(mainChart.drawing?.wide.match(/g-dot/g)).toHaveLength(1)
  })

  it('letters decisions and changes alike in charts and history, newest first', () => {
    const { history, mainChart } = viewOf(story, {
      changes: [
        { changedAt: new Date('2026-08-12T00:00:00Z'), kind: 'model', summary: 'Model 4.2 to 4.3' },
        { changedAt: new Date('2025-01-01T00:00:00Z'), kind: 'prompt', summary: null },
      ],
    })
    expect(history.map((entry) => `${entry.letter ?? '-'} ${entry.text}`)).toEqual([
      'A Model 4.2 to 4.3',
      '- Prompt change',
    ])
    expect(mainChart.drawing?.wide).toContain('Model 4.2 to 4.3')
  })

  it('groups the gates with what fails first', () => {
    const { gateGroups } = viewOf(story)
    expect(gateGroups[0]?.verdict).toBe('fail')
    expect(gateGroups[0]?.gates.map((gate) => gate.gate)).toContain('G1')
  })
})

describe('the months of a chart', () => {
  const months = ['2026-01', '2026-02', '2026-05', '2026-06']

  it('keep their place when they have no contacts, and end a month after the page’s', () => {
    expect(chartMonths(months, '2026-05')).toEqual(['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'])
    expect(chartMonths(months, '2026-06', 3)).toEqual(['2026-04', '2026-05', '2026-06'])
  })

  it('are closed only up to a month that is', () => {
    const points = indexPoints([
      ...volumePoints('2026-05', { ai: 1 }),
      ...volumePoints('2026-06', { ai: 1 }, { isFinal: false }),
    ])
    expect(closedMonthsUpTo(['2026-05', '2026-06'], '2026-05', points)).toEqual(['2026-05'])
    expect(closedMonthsUpTo(['2026-05', '2026-06'], '2026-06', points)).toEqual([])
  })
})
