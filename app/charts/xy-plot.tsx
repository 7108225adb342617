import { CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts'
import { round } from './chart-frame.ts'
import type { ChartSize } from './rate-trend.tsx'
import type { ValueAxis } from './value-axis.ts'

interface XyPoint {
  x: number
  y: number
  /** Ends of the whisker; null: none. */
  lower: number | null
  upper: number | null
  text: string
}

/** A quantity over another one: a line, or points with whiskers, with marks on the way. */
export interface XyPlotView {
  x: ValueAxis
  y: ValueAxis
  /** Joined by a line without points; empty: none. */
  line: readonly { x: number; y: number }[]
  points: readonly XyPoint[]
  /** Draws where y equals x. */
  hasDiagonal: boolean
  /** Vertical lines with a word on top; kind limit: the one that counts. */
  marks: readonly { x: number; text: string; kind: 'limit' | 'note' }[]
  /** Horizontal limit; null: none. */
  limit: number | null
}

interface XyPlotProps {
  view: XyPlotView
  size: ChartSize
  xText: (value: number) => string
  yText: (value: number) => string
}

const margin = { left: 48, right: 20, top: 26, bottom: 24 }

/** Drawn only on the server, with fixed sizes; the view box scales it. */
export function XyPlot({ view, size, xText, yText }: XyPlotProps) {
  const { width, height } = size
  const floor = height - margin.bottom
  const place = (axis: ValueAxis, value: number) =>
    (Math.min(Math.max(value, axis.from), axis.through) - axis.from) / (axis.through - axis.from)
  const x = (value: number) => round(margin.left + place(view.x, value) * (width - margin.left - margin.right))
  const y = (value: number) => round(floor - place(view.y, value) * (floor - margin.top))
  const [from, through] = [Math.max(view.x.from, view.y.from), Math.min(view.x.through, view.y.through)]
  return (
    <ComposedChart
      width={width}
      height={height}
      data={[...view.line]}
      margin={{ left: 0, right: margin.right, top: margin.top, bottom: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} />
      <YAxis
        type="number"
        domain={[view.y.from, view.y.through]}
        ticks={[...view.y.ticks]}
        width={margin.left}
        axisLine={false}
        tickLine={false}
        interval={0}
        allowDataOverflow
        tick={({ y: at, payload }: { y: number; payload: { value: number } }) => (
          <text x={margin.left - 8} y={round(at + 4)} textAnchor="end">
            {yText(payload.value)}
          </text>
        )}
      />
      <XAxis
        dataKey="x"
        type="number"
        domain={[view.x.from, view.x.through]}
        ticks={[...view.x.ticks]}
        height={margin.bottom}
        tickLine={false}
        interval={0}
        allowDataOverflow
        className="plot-months"
        tick={({ x: at, payload }: { x: number; payload: { value: number } }) => (
          <text x={round(at)} y={height - 8} textAnchor="middle">
            {xText(payload.value)}
          </text>
        )}
      />
      {view.limit === null ? null : <ReferenceLine y={view.limit} className="plot-limit" />}
      <Line dataKey="y" className="plot-values" dot={false} isAnimationActive={false} />
      <g>
        {view.hasDiagonal ? (
          <line className="plot-diagonal" x1={x(from)} y1={y(from)} x2={x(through)} y2={y(through)} />
        ) : null}
        {view.marks.map((mark) => (
          <g key={mark.text}>
            <line
              className={mark.kind === 'limit' ? 'g-limit' : 'g-control'}
              x1={x(mark.x)}
              x2={x(mark.x)}
              y1={margin.top - 6}
              y2={floor}
            />
            <text
              className={mark.kind === 'limit' ? 't-limit' : undefined}
              x={x(mark.x)}
              y={margin.top - 12}
              textAnchor="middle"
            >
              {mark.text}
            </text>
          </g>
        ))}
        {view.points.map((point) => (
          <g key={point.text}>
            <title>{point.text}</title>
            {point.lower === null || point.upper === null ? null : (
              <line className="g-whisker" x1={x(point.x)} x2={x(point.x)} y1={y(point.lower)} y2={y(point.upper)} />
            )}
            <circle className="g-dot" cx={x(point.x)} cy={y(point.y)} r="3.5" />
          </g>
        ))}
      </g>
    </ComposedChart>
  )
}
