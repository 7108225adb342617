import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { GatePlot, hasPlot } from '#app/components/gate-plot.tsx'
import type { GateResult } from '#governance/evaluate/evaluation.ts'

const errorRate: GateResult = {
  gate: 'G1',
  label: 'AI error rate',
  verdict: 'pass',
  value: 7 / 412,
  lower: 0.00825,
  upper: 0.0347,
  decisiveBound: 0.0381,
  decisiveSide: 'upper',
  limit: 0.05,
  unit: 'share',
  numerator: 7,
  denominator: 412,
  referenceNumerator: null,
  referenceDenominator: null,
  inconclusiveFrom: 0.0291,
  inconclusiveTo: 0.0704,
  reason: 'Seven errors.',
  cure: null,
}

const drawn = (result: GateResult): string => renderToStaticMarkup(<GatePlot result={result} />)

/** x and width of the first mark with a class. */
function mark(svg: string, className: string): { x: number; width: number } {
  const found = new RegExp(`class="${className}"[^>]*`).exec(svg)?.[0] ?? ''
  const number = (name: string) => Number(new RegExp(`\\b${name}="([^"]+)"`).exec(found)?.[1])
  return { x: number(found.includes('cx=') ? 'cx' : found.includes('x1=') ? 'x1' : 'x'), width: number('width') }
}

describe('the drawing of a gate', () => {
  it('says in words what it draws', () => {
    expect(drawn(errorRate)).toContain(
      'aria-label="1.7\u202f%, interval 0.8\u00a0to\u00a03.5; asked for: at most 5\u202f%; not to be told between 2.9 and 7.0\u202f%"',
    )
  })

  it('puts pass, band and fail side by side, without a gap or an overlap', () => {
    const svg = drawn(errorRate)
    const [pass, band, fail] = ['g-zone-pass', 'g-zone-inc', 'g-zone-fail'].map((name) => mark(svg, name))
    expect(pass?.x).toBe(8)
    expect((pass?.x ?? 0) + (pass?.width ?? 0)).toBeCloseTo(band?.x ?? 0, 1)
    expect((band?.x ?? 0) + (band?.width ?? 0)).toBeCloseTo(fail?.x ?? 0, 1)
    expect((fail?.x ?? 0) + (fail?.width ?? 0)).toBeCloseTo(244, 1)
  })

  it('turns round where more is better', () => {
    const score: GateResult = {
      ...errorRate,
      gate: 'G2',
      unit: 'points',
      value: 94.1,
      lower: 93.2,
      upper: 95,
      decisiveBound: 93.3,
      decisiveSide: 'lower',
      limit: 90,
      inconclusiveFrom: 89.2,
      inconclusiveTo: 90.8,
    }
    const svg = drawn(score)
    expect(mark(svg, 'g-zone-fail').x).toBeLessThan(mark(svg, 'g-zone-pass').x)
    expect(mark(svg, 'g-limit').x).toBeLessThan(mark(svg, 'g-dot').x)
  })

  it('keeps every mark inside the drawing, at the ends of the scale too', () => {
    for (const value of [0, 1]) {
      const svg = drawn({ ...errorRate, value, lower: 0, upper: 1, decisiveBound: 1 })
      const places = [...svg.matchAll(/\b(?:x|x1|x2|cx)="([^"]+)"/g)].map((match) => Number(match[1]))
      expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...places)).toBeLessThanOrEqual(252)
    }
  })

  it('is left out without a limit, without data, and under 30 reviews', () => {
    expect(hasPlot(errorRate)).toBe(true)
    expect(hasPlot({ ...errorRate, limit: null })).toBe(false)
    expect(hasPlot({ ...errorRate, value: null })).toBe(false)
    expect(hasPlot({ ...errorRate, numerator: 1, denominator: 29, value: 1 / 29 })).toBe(false)
  })
})
