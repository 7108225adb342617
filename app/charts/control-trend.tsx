import type { ReactElement } from 'react'
import { Line, ReferenceLine } from 'recharts'
import { type ChartFrame, createChartFrame, round } from './chart-frame.ts'
import { ChartMark } from './chart-mark.tsx'
import { type ChartEvent, EventFlags } from './event-flags.tsx'
import { LevelRibbon, type RibbonPart } from './level-ribbon.tsx'
import type { ChartSize } from './rate-trend.tsx'
import { TrendFrame } from './trend-frame.tsx'
import type { ValueAxis } from './value-axis.ts'

/** A month on a control chart; value null: not charted. */
export interface ControlMonth {
  month: string
  value: number | null
  lower: number | null
  upper: number | null
  /** outside: beyond the limits. run: part of a signal over several months. */
  mark: 'none' | 'run' | 'outside'
  text: string
  href: string | null
}

export interface ControlTrendView {
  months: readonly string[]
  currentMonth: string
  provisionalMonths: readonly string[]
  axis: ValueAxis
  points: readonly ControlMonth[]
  /** null without limits. */
  centre: number | null
  events: readonly ChartEvent[]
  ribbon: readonly RibbonPart[]
}

interface ControlTrendProps {
  view: ControlTrendView
  size: ChartSize
  tickText: (value: number) => string
}

/** Values by month between their limits: centre thin, limits dashed, what is beyond them an open diamond. */
export function ControlTrend({ view, size, tickText }: ControlTrendProps) {
  const frame = createChartFrame({ ...size, months: view.months, axis: view.axis, right: 16, top: 26 })
  const series: ReactElement[] = []
  if (view.centre !== null) series.push(<ReferenceLine key="centre" y={view.centre} className="plot-centre" />)
  for (const bound of ['lower', 'upper'] as const) {
    series.push(
      <Line
        key={bound}
        dataKey={bound}
        type="stepAfter"
        className="plot-control"
        dot={false}
        isAnimationActive={false}
      />,
    )
  }
  series.push(<Line key="value" dataKey="value" className="plot-values" dot={false} isAnimationActive={false} />)
  const clip = (value: number | null) =>
    value === null ? null : Math.min(Math.max(value, view.axis.from), view.axis.through)
  return TrendFrame({
    frame,
    data: view.points.map((point) => ({ ...point, lower: clip(point.lower), upper: clip(point.upper) })),
    tickText,
    currentMonth: view.currentMonth,
    provisionalMonths: view.provisionalMonths,
    series,
    over: (
      <>
        <LevelRibbon frame={frame} parts={view.ribbon} />
        <EventFlags frame={frame} events={view.events} />
        {view.points.map((point, index) => (
          <Mark key={point.month} frame={frame} point={point} index={index} />
        ))}
      </>
    ),
  })
}

function Mark({ frame, point, index }: { frame: ChartFrame; point: ControlMonth; index: number }) {
  if (point.value === null) return null
  const [x, y] = [frame.x(index), frame.y(point.value)]
  return (
    <ChartMark text={point.text} href={point.href} x={x} y={y} width={frame.width}>
      {point.mark === 'outside' ? (
        <path className="g-out" d={`M${x} ${round(y - 5)} L${x + 5} ${y} L${x} ${round(y + 5)} L${x - 5} ${y} Z`} />
      ) : (
        <circle className={point.mark === 'run' ? 'g-run' : 'g-dot'} cx={x} cy={y} r={point.mark === 'run' ? 4 : 3} />
      )}
      <rect
        className="g-target"
        x={round(x - frame.columnWidth / 2)}
        y={round(y - 12)}
        width={round(frame.columnWidth)}
        height="24"
      />
    </ChartMark>
  )
}
