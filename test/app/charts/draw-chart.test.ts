import { describe, expect, it } from 'vitest'
import { drawHandledBy, drawRateTrend } from '#app/charts/draw-chart.server.tsx'
import type { MonthPoint } from '#app/charts/month-point.ts'
import type { RateTrendView } from '#app/charts/rate-trend.tsx'

const months = ['2026-07', '2026-08', '2026-09', '2026-10']
const point = (month: string, value: number | null, isProvisional = false): MonthPoint => ({
  month,
  value,
  lower: value === null ? null : value - 0.01,
  upper: value === null ? null : value + 0.02,
  isProvisional,
  text: `${month}: <b>${value}</b>`,
  href: `/rows?month=${month}&x="y"`,
})
const view: RateTrendView = {
  months,
  currentMonth: '2026-09',
  provisionalMonths: ['2026-10'],
  axis: { from: 0, through: 0.1, ticks: [0, 0.05, 0.1] },
  points: [point('2026-07', 0.02), point('2026-08', null), point('2026-09', 0.03), point('2026-10', 0.04, true)],
  comparison: [],
  isLine: true,
  lines: [{ kind: 'limit', value: 0.05 }],
  bands: [null, null, { from: 0.01, through: 0.08 }, null],
  labels: [{ kind: 'limit', text: 'limit 5 %', value: 0.05 }],
  events: [{ letter: 'A', kind: 'decision', moment: { month: '2026-08', fraction: 0.5 }, text: 'Expanded' }],
  ribbon: [{ level: 'human_in_the_loop', from: null, through: null }],
}
const size = { width: 860, height: 300 }

describe('a trend chart drawn on the server', () => {
  const { wide, narrow } = drawRateTrend(view, 'share', size)

  it('is complete without a browser: axes, limit, points, whiskers, flags', () => {
    expect(wide).toContain('<svg')
    expect(wide).toContain('Jul')
    expect(wide).toContain('plot-limit')
    expect(wide).toContain('limit 5 %')
    expect(wide).toContain('g-flag')
    expect(wide.match(/g-dot/g)).toHaveLength(3)
    expect(wide.match(/recharts-errorBar"/g)).toHaveLength(3)
  })

  it('leaves a month that was not measured empty, and draws the provisional one hollow on a hatch', () => {
    expect(wide).not.toContain('2026-08:')
    expect(wide.match(/g-dot hollow/g)).toHaveLength(1)
    expect(wide.match(/g-hatch/g)).toHaveLength(1)
  })

  it('lays the band under the points', () => {
    expect(wide.indexOf('g-band')).toBeGreaterThan(-1)
    expect(wide.indexOf('g-band')).toBeLessThan(wide.indexOf('recharts-errorBar'))
    expect(wide.indexOf('recharts-errorBar')).toBeLessThan(wide.indexOf('g-dot'))
  })

  it('escapes what comes from data', () => {
    expect(wide).not.toContain('<b>')
    expect(wide).toContain('&lt;b&gt;')
    expect(wide).not.toContain('x="y""')
  })

  it('has a second, narrow drawing when it is wide', () => {
    expect(narrow).toContain('viewBox="0 0 390')
    expect(drawRateTrend(view, 'share', { width: 420, height: 210 }).narrow).toBeNull()
  })

  it('draws the same again', () => {
    const withoutIds = (markup: string) => markup.replaceAll(/recharts(-line-)?\d+/g, 'id')
    expect(withoutIds(drawRateTrend(view, 'share', size).wide)).toBe(withoutIds(wide))
  })
})

describe('contacts by who handled them', () => {
  it('stacks only what is there and draws a provisional month through', () => {
    const { wide } = drawHandledBy(
      {
        months: ['2026-09', '2026-10'],
        currentMonth: '2026-09',
        provisionalMonths: ['2026-10'],
        axis: { from: 0, through: 100, ticks: [0, 50, 100] },
        columns: [
          { month: '2026-09', ai: 10, assisted: 50, human: 30, system: 0, isProvisional: false, text: 'a', href: null },
          { month: '2026-10', ai: 0, assisted: 60, human: 30, system: 0, isProvisional: true, text: 'b', href: null },
        ],
        labels: [],
        notes: [{ month: '2026-09', text: '67 %' }],
        events: [],
        ribbon: [],
      },
      { width: 420, height: 210 },
    )
    expect(wide.match(/class="f-ai"/g)).toHaveLength(1)
    expect(wide.match(/class="f-assisted"/g)).toHaveLength(2)
    expect(wide.match(/g-hatch-over/g)).toHaveLength(1)
    expect(wide).toContain('67 %')
  })
})
