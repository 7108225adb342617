import { describe, expect, it } from 'vitest'
import { controlChartViews, splitCharts } from '#app/evidence/type/control-chart-views.ts'
import { chartMetricPoints } from '#models/control-charts/list-control-charts.ts'
import { addMonths, type Month, parseMonth } from '#models/reporting-month.ts'
import { metricPoint } from '#test/build/metric-points.ts'

const first = parseMonth('2025-10')
const months = Array.from({ length: 12 }, (_, index) => addMonths(first, index))
const last = months.at(-1) as Month

/** Monthly error counts of 200 reviews each. */
const errors = (...counts: number[]) =>
  counts.map((count, index) => metricPoint(months[index] ?? first, 'ai_error_rate', count, 200))
const view = (points: ReturnType<typeof errors>) =>
  controlChartViews('refund_request', chartMetricPoints(points), months, last, { events: [], ribbon: [] })

describe('the control charts of a type', () => {
  it('say in a sentence what is beyond chance, and put the worst first', () => {
    const calm = months.map((month) => metricPoint(month, 'ai_share', 800, 1000, { cohort: 'all' }))
    const [chart, second] = view([...errors(10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 9, 40), ...calm])
    expect(chart).toMatchObject({ title: 'AI error rate, AI contacts', isOpenForTheWorse: true })
    expect(chart?.findings.map(({ text }) => text).join(' ')).toContain('20.0\u202f% in September 2026')
    expect(chart?.drawing?.wide).toContain('g-out')
    expect(second).toMatchObject({ hasFinding: false, findings: [] })
    expect(second?.drawing?.wide).not.toContain('g-out')
  })

  it('are told apart by whether they show anything, before they are drawn', () => {
    const calm = months.map((month) => metricPoint(month, 'ai_share', 800, 1000, { cohort: 'all' }))
    const points = [...errors(10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 9, 40), ...calm]
    const { found, calm: rest } = splitCharts(chartMetricPoints(points))
    expect(found.map(({ metric }) => metric)).toEqual(['ai_error_rate'])
    expect(rest.map(({ metric }) => metric)).toEqual(['ai_share'])
    expect(splitCharts(chartMetricPoints(calm)).found).toEqual([])
  })

  it('have the same numbers as a table that leads to the rows', () => {
    const [chart] = view(errors(10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 9, 40))
    expect(chart?.twin.rows).toHaveLength(12)
    expect(chart?.twin.rows.at(-1)?.cells.map(({ text }) => text)).toEqual([
      '20.0\u202f%',
      expect.stringMatching(/%$/),
      expect.stringMatching(/%$/),
      'outside the limits',
    ])
    expect(chart?.twin.rows[0]?.cells[0]?.href).toContain('/types/refund_request/interactions?month=2025-10')
  })

  it('draw no limits, and say so, with fewer than six final months', () => {
    const [chart] = view(errors(10, 11, 9, 10, 80))
    expect(chart).toMatchObject({ hasFinding: false, isOpenForTheWorse: false })
    expect(chart?.text).toContain('Fewer than six final months')
    expect(chart?.drawing?.wide).not.toContain('plot-centre')
  })

  it('leave a signal of long ago closed', () => {
    const [chart] = view(errors(10, 11, 40, 10, 12, 10, 9, 11, 10, 10, 9, 10))
    expect(chart).toMatchObject({ hasFinding: true, isOpenForTheWorse: false })
  })
})
