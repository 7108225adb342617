import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ChartMark } from '#app/charts/chart-mark.tsx'

const draw = (more: Partial<Parameters<typeof ChartMark>[0]>) =>
  renderToStaticMarkup(
    <svg>
      <title>A chart</title>
      <ChartMark
        text="September 2026: 4.6 % (2.7 to 7.9), 12 of 260"
        href="/rows"
        x={100}
        y={100}
        width={420}
        {...more}
      >
        <circle />
      </ChartMark>
    </svg>,
  )
const box = (markup: string) => {
  const [, x, y, width, height] = /<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="(\d+)"/.exec(markup) ?? []
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }
}

describe('a mark of a chart', () => {
  it('is a link that says what it shows, without scripts', () => {
    expect(draw({})).toContain(
      '<a class="g-mark" href="/rows" aria-label="September 2026: 4.6 % (2.7 to 7.9), 12 of 260">',
    )
  })

  it('is a stop of the keyboard even where it leads nowhere', () => {
    expect(draw({ href: null })).toContain('<g class="g-mark" tabindex="0" role="img" aria-label="September 2026')
  })

  it('shows its words in a box that stays within the drawing, above or below', () => {
    expect(box(draw({})).y).toBeLessThan(100)
    expect(box(draw({ y: 20 })).y).toBeGreaterThan(20)
    expect(box(draw({ x: 5 })).x).toBe(2)
    const right = box(draw({ x: 418 }))
    expect(right.x + right.width).toBeLessThanOrEqual(418)
  })
})
