import { renderToStaticMarkup } from 'react-dom/server'
import { formatCount, formatPoints, formatShareNumber } from '#models/format-metric.ts'
import { ControlTrend, type ControlTrendView } from './control-trend.tsx'
import { HandledByTrend, type HandledByView } from './handled-by-trend.tsx'
import { type ChartSize, RateTrend, type RateTrendView } from './rate-trend.tsx'
import { XyPlot, type XyPlotView } from './xy-plot.tsx'

/** A finished chart: SVG made on the server, so that the browser needs no chart library and nothing can jump. */
export interface ChartDrawing {
  wide: string
  /** A second drawing for narrow screens; null where the first one fits them. */
  narrow: string | null
}

const narrowSize: ChartSize = { width: 390, height: 250 }

/** As wide as the text of a page on a telephone, so that letters keep their size; as high as the wide drawing. */
export function narrowFor({ height }: ChartSize): ChartSize {
  return { width: 358, height }
}

/** Draws a series of rates (0..1, ticks in per cent) or scores. Text in the view is escaped by React. */
export function drawRateTrend(view: RateTrendView, unit: 'share' | 'points', size: ChartSize): ChartDrawing {
  const step = (view.axis.ticks[1] ?? 1) - (view.axis.ticks[0] ?? 0)
  const digits = unit === 'share' ? (step * 100 < 1 ? 1 : 0) : step < 1 ? 1 : 0
  const tickText = (value: number) =>
    unit === 'share' ? `${formatShareNumber(value, digits)}\u202f%` : formatPoints(value, digits)
  const draw = (at: ChartSize) => renderToStaticMarkup(<RateTrend view={view} size={at} tickText={tickText} />)
  return { wide: draw(size), narrow: size.width > 480 ? draw(narrowSize) : null }
}

/** Draws contacts by who handled them. */
export function drawHandledBy(view: HandledByView, size: ChartSize): ChartDrawing {
  const inThousands = view.axis.through >= 10_000
  const tickText = (value: number) =>
    inThousands ? `${formatPoints(value / 1000, value % 1000 === 0 ? 0 : 1)}k` : formatCount(value)
  const draw = (at: ChartSize) => renderToStaticMarkup(<HandledByTrend view={view} size={at} tickText={tickText} />)
  return { wide: draw(size), narrow: size.width > 480 ? draw(narrowSize) : null }
}

/** Draws one metric between its control limits. `tickText` writes a value of the metric. */
export function drawControlTrend(
  view: ControlTrendView,
  tickText: (value: number) => string,
  size: ChartSize,
): ChartDrawing {
  return { wide: renderToStaticMarkup(<ControlTrend view={view} size={size} tickText={tickText} />), narrow: null }
}

/** Draws a share over another quantity; `per_100` writes the upright one as so many of a hundred. */
export function drawXyPlot(view: XyPlotView, size: ChartSize, yUnit: 'share' | 'per_100' = 'share'): ChartDrawing {
  const text = (axis: XyPlotView['x'], suffix: string) => {
    const digits = ((axis.ticks[1] ?? 1) - (axis.ticks[0] ?? 0)) * 100 < 1 ? 1 : 0
    return (value: number) => `${formatShareNumber(value, digits)}${suffix}`
  }
  const [xText, yText] = [view.xText ?? text(view.x, '\u202f%'), text(view.y, yUnit === 'share' ? '\u202f%' : '')]
  const draw = (at: ChartSize) => renderToStaticMarkup(<XyPlot view={view} size={at} xText={xText} yText={yText} />)
  return { wide: draw(size), narrow: draw(narrowFor(size)) }
}
