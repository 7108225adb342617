import { CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts'
import { round } from './chart-frame.ts'
import { ChartMark } from './chart-mark.tsx'
import type { ChartSize } from './rate-trend.tsx'
import { unspoken } from './unspoken.ts'
import type { ValueAxis } from './value-axis.ts'

interface XyPoint {
  x: number
  y: number
  /** Written beside the point; points without one are told by what they say. */
  label?: { text: string; isLimit: boolean }
  /** Ends of the whisker; null: none. */
  lower: number | null
  upper: number | null
  text: string
}

/** A quantity over another one: a line, or points with whiskers, with marks on the way. */
export interface XyPlotView {
  x: ValueAxis
  y: ValueAxis
  /** What the axes show, written at their ends. */
  xTitle: string
  yTitle: string
  /** Writes a value of the axis across; as a share unless given. */
  xText?: (value: number) => string
  /** Joined by a line without points; empty: none. */
  line: readonly { x: number; y: number }[]
  points: readonly XyPoint[]
  /** A dashed line to compare the points with, its word at its end; null: none. */
  reference: { line: readonly { x: number; y: number }[]; text: string } | null
  /** Vertical lines with a word on top; kind limit: the one that counts. */
  marks: readonly { x: number; text: string; kind: 'limit' | 'note' }[]
  /** What the line is to stay under, straight from one point to another, with its words; null: none. */
  limit: { from: { x: number; y: number }; to: { x: number; y: number }; text: string } | null
}

interface XyPlotProps {
  view: XyPlotView
  size: ChartSize
  xText: (value: number) => string
  yText: (value: number) => string
}

const labelLine = 13
const margin = { left: 48, right: 20, top: 42, bottom: 42 }

/** Where a pair of values lies in a drawing of that size; values beyond the axes are kept at their ends. */
export function xyPlace(view: Pick<XyPlotView, 'x' | 'y'>, { width, height }: ChartSize) {
  const floor = height - margin.bottom
  const share = (axis: ValueAxis, value: number) =>
    (Math.min(Math.max(value, axis.from), axis.through) - axis.from) / (axis.through - axis.from)
  return {
    floor,
    x: (value: number) => round(margin.left + share(view.x, value) * (width - margin.left - margin.right)),
    y: (value: number) => round(floor - share(view.y, value) * (floor - margin.top)),
  }
}

/** Drawn only on the server, with fixed sizes; the view box scales it. */
export function XyPlot({ view, size, xText, yText }: XyPlotProps) {
  const { width, height } = size
  const { floor, x, y } = xyPlace(view, size)
  // Labels of points beside each other stand over one another.
  const rowOf = (index: number) =>
    view.points.slice(0, index).filter((one) => Math.abs(x(one.x) - x(view.points[index]?.x ?? 0)) < 70).length
  const end = view.reference?.line.at(-1)
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
          <text {...unspoken} x={margin.left - 8} y={round(at + 4)} textAnchor="end">
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
          <text {...unspoken} x={round(at)} y={height - 26} textAnchor="middle">
            {xText(payload.value)}
          </text>
        )}
      />
      <Line dataKey="y" className="plot-values" dot={false} isAnimationActive={false} />
      <g>
        <text {...unspoken} x={0} y={11}>
          {view.yTitle}
        </text>
        <text {...unspoken} x={width - margin.right} y={height - 6} textAnchor="end">
          {view.xTitle}
        </text>
        {view.limit === null ? null : (
          <>
            <line
              className="g-limit"
              x1={x(view.limit.from.x)}
              y1={y(view.limit.from.y)}
              x2={x(view.limit.to.x)}
              y2={y(view.limit.to.y)}
            />
            <text {...unspoken} className="t-limit" x={x(view.limit.to.x)} y={y(view.limit.to.y) - 6} textAnchor="end">
              {view.limit.text}
            </text>
          </>
        )}
        {view.reference === null || end === undefined ? null : (
          <>
            <polyline
              className="plot-reference"
              points={view.reference.line.map((at) => `${x(at.x)},${y(at.y)}`).join(' ')}
            />
            <text {...unspoken} x={x(end.x)} y={y(end.y) - 6} textAnchor="end">
              {view.reference.text}
            </text>
          </>
        )}
        {view.marks.map((mark) => (
          <g key={mark.text}>
            <line
              className={mark.kind === 'limit' ? 'g-limit' : 'g-control'}
              x1={x(mark.x)}
              x2={x(mark.x)}
              y1={margin.top - 8}
              y2={floor}
            />
            <text
              {...unspoken}
              className={mark.kind === 'limit' ? 't-limit' : undefined}
              x={x(mark.x)}
              y={margin.top - 12}
              textAnchor="middle"
            >
              {mark.text}
            </text>
          </g>
        ))}
        {view.points.map((point, index) => (
          <ChartMark key={point.text} text={point.text} href={null} x={x(point.x)} y={y(point.y)} width={width}>
            {point.lower === null || point.upper === null ? null : (
              <line className="g-whisker" x1={x(point.x)} x2={x(point.x)} y1={y(point.lower)} y2={y(point.upper)} />
            )}
            {point.label === undefined ? null : (
              <text
                {...unspoken}
                className={point.label.isLimit ? 't-limit' : 'ink'}
                x={x(point.x)}
                y={y(point.y) - 10 - labelLine * rowOf(index)}
                textAnchor={x(point.x) > width - 60 ? 'end' : 'middle'}
              >
                {point.label.text}
              </text>
            )}
            <circle className="g-dot" cx={x(point.x)} cy={y(point.y)} r="3.5" />
            <circle className="g-target" cx={x(point.x)} cy={y(point.y)} r="10" />
          </ChartMark>
        ))}
      </g>
    </ComposedChart>
  )
}
