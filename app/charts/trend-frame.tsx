import type { ReactElement, ReactNode } from 'react'
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts'
import { shortMonthName } from '#models/format-metric.ts'
import { type ChartFrame, round } from './chart-frame.ts'
import { unspoken } from './unspoken.ts'

interface TickProps {
  x: number
  y: number
  payload: { value: string | number }
}

interface TrendFrameProps {
  frame: ChartFrame
  /** One row per month; series refer to its fields. */
  data: readonly object[]
  tickText: (value: number) => string
  /** The month of the page, set in bold. */
  currentMonth: string
  /** Months that can still change: hatched, never compared, never gated. */
  provisionalMonths: readonly string[]
  /** Marks under the series. */
  under?: ReactNode
  /** recharts series and lines: it finds them by type, so they are elements and not components of ours. */
  series: ReactElement[]
  /** Marks over the series. */
  over?: ReactNode
}

/**
 * The frame of every trend chart: grid, axes, hatched provisional months. Sizes are fixed so that the server draws it
 * whole; the view box scales it. Called as a function by the renderer, drawn only on the server.
 */
export function TrendFrame(props: TrendFrameProps) {
  const { frame, data, tickText, currentMonth, provisionalMonths, under, series, over } = props
  const { width, height, left, right, top, floor, months, columnWidth, axis } = frame
  const isTight = columnWidth < 30
  const edge = columnWidth / 2
  return (
    <ComposedChart
      width={width}
      height={height}
      data={[...data]}
      margin={{ left: 0, right, top, bottom: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} />
      {/* Plain groups: recharts keeps SVG elements where they stand, so they lie under and over its own. */}
      <g>
        {months.map((month, index) =>
          provisionalMonths.includes(month) ? (
            <rect
              key={month}
              className="g-hatch"
              x={round(frame.x(index) - edge)}
              y={top}
              width={round(columnWidth)}
              height={floor - top}
            />
          ) : null,
        )}
        {under}
      </g>
      <YAxis
        type="number"
        domain={[axis.from, axis.through]}
        ticks={[...axis.ticks]}
        width={left}
        axisLine={false}
        tickLine={false}
        interval={0}
        allowDataOverflow
        tick={({ y, payload }: TickProps) => (
          <text {...unspoken} x={left - 8} y={round(y + 4)} textAnchor="end">
            {tickText(Number(payload.value))}
          </text>
        )}
      />
      <XAxis
        dataKey="month"
        scale="point"
        padding={{ left: edge, right: edge }}
        height={height - floor}
        tickLine={false}
        interval={0}
        className="plot-months"
        tick={({ x, payload }: TickProps) => (
          <text
            {...unspoken}
            className={payload.value === currentMonth ? 'strong' : undefined}
            x={round(x)}
            y={height - 8}
            textAnchor="middle"
          >
            {isTight ? shortMonthName(String(payload.value)).slice(0, 1) : shortMonthName(String(payload.value))}
          </text>
        )}
      />
      {series}
      <g>{over}</g>
    </ComposedChart>
  )
}
