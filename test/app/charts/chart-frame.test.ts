import { describe, expect, it } from 'vitest'
import { createChartFrame } from '#app/charts/chart-frame.ts'
import { spreadLabels } from '#app/charts/spread-labels.ts'

const frame = createChartFrame({
  width: 420,
  height: 210,
  months: ['2026-08', '2026-09', '2026-10'],
  axis: { from: 0, through: 10, ticks: [0, 5, 10] },
  left: 40,
  right: 80,
  top: 26,
})

describe('a chart frame', () => {
  it('gives each month a column of the same width', () => {
    expect([0, 1, 2].map(frame.x)).toEqual([90, 190, 290])
  })

  it('puts the axis ends at the edges and keeps other values inside', () => {
    expect(frame.y(0)).toBe(186)
    expect(frame.y(10)).toBe(26)
    expect(frame.y(14)).toBe(26)
  })

  it('finds a moment within its month, and none outside the months drawn', () => {
    expect(frame.xOfMoment({ month: '2026-09', fraction: 0.5 })).toBe(190)
    expect(frame.xOfMoment({ month: '2026-07', fraction: 0.5 })).toBeUndefined()
  })
})

describe('spreadLabels', () => {
  it('moves labels apart and keeps their order', () => {
    const placed = spreadLabels([
      { text: 'b', y: 52 },
      { text: 'a', y: 50 },
      { text: 'c', y: 53 },
    ])
    expect(placed.map((label) => label.text)).toEqual(['a', 'b', 'c'])
    const [a, b, c] = placed.map((label) => label.y)
    expect((b ?? 0) - (a ?? 0)).toBeGreaterThan(12)
    expect((c ?? 0) - (b ?? 0)).toBeGreaterThan(12)
  })

  it('leaves labels with room where they are', () => {
    expect(spreadLabels([{ y: 10 }, { y: 60 }])).toEqual([{ y: 10 }, { y: 60 }])
  })
})
