import { describe, expect, it } from 'vitest'
import { drawXyPlot } from '#app/charts/draw-chart.server.tsx'
import { standaloneSvg } from '#app/charts/standalone-svg.server.tsx'

const axis = { from: 0, through: 1, ticks: [0, 0.5, 1] }
const { wide: markup } = drawXyPlot(
  {
    x: axis,
    y: axis,
    line: [],
    points: [{ x: 0.2, y: 0.4, lower: 0.3, upper: 0.5, text: 'Stated 20 %: right 40 %' }],
    xTitle: 'Stated',
    yTitle: 'Right',
    reference: {
      line: [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      text: 'as stated',
    },
    marks: [],
    limit: null,
  },
  { width: 420, height: 260 },
)
const chart = {
  markup,
  title: 'The AI is surer than it is <right>.',
  text: 'A sentence that is long enough to need a second line in a drawing of this breadth, surely.',
  summary: 'One bin.',
  source: 'Oversight, refund_request, October 2026, snapshot 3',
}

describe('a chart as a file', () => {
  it('has its finding, its source, its font and its colours inside, and nothing to fetch', () => {
    const svg = standaloneSvg(chart, 'light').replace(/base64,[^"]*/, 'base64,')
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="452"/)
    expect(svg).toContain('The AI is surer than it is &lt;right&gt;.')
    expect(svg).toContain('snapshot 3')
    expect(svg).toContain('.g-dot{fill: #22242b;}')
    expect(svg).toContain('url("data:font/woff2;base64,')
    expect(svg).not.toMatch(/var\(|url\((?!"data:|#)|href=|<script|tabindex|g-reading"/)
  })

  it('wraps a long sentence and grows with it', () => {
    const height = (text: string) => Number(/height="(\d+)"/.exec(standaloneSvg({ ...chart, text }, 'light'))?.[1])
    expect(height(chart.text) - height('Short.')).toBe(18)
  })

  it('comes in the colours of the dark theme when asked', () => {
    const ground = (theme: 'light' | 'dark') =>
      /<rect width="452" height="\d+" fill="([^"]*)"/.exec(standaloneSvg(chart, theme))?.[1]
    expect([ground('light'), ground('dark')]).toEqual(['#ffffff', '#121316'])
  })

  it('refuses markup without a drawing', () => {
    expect(() => standaloneSvg({ ...chart, markup: '<p>none</p>' }, 'light')).toThrow(/without a drawing/)
  })
})
