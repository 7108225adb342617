import type { ReactElement } from 'react'
import { ErrorBar, Line, ReferenceLine } from 'recharts'
import { type ChartFrame, createChartFrame, round } from './chart-frame.ts'
import { ChartMark } from './chart-mark.tsx'
import { type ChartEvent, EventFlags } from './event-flags.tsx'
import { InconclusiveBands, type MonthBand } from './inconclusive-bands.tsx'
import { LevelRibbon, type RibbonPart } from './level-ribbon.tsx'
import type { MonthPoint } from './month-point.ts'
import { type RightLabel, RightLabels } from './right-labels.tsx'
import { TrendFrame } from './trend-frame.tsx'
import type { ValueAxis } from './value-axis.ts'

/** A series of rates or scores by month, with what it is judged against. */
export interface RateTrendView {
  months: readonly string[]
  currentMonth: string
  provisionalMonths: readonly string[]
  axis: ValueAxis
  points: readonly MonthPoint[]
  /** A series to compare with: thin, grey, without points. */
  comparison: readonly MonthPoint[]
  /** Joined by a line, or points alone where each month is its own sample. */
  isLine: boolean
  lines: readonly { kind: 'limit' | 'centre'; value: number }[]
  bands: readonly (MonthBand | null)[]
  labels: readonly RightLabel[]
  events: readonly ChartEvent[]
  ribbon: readonly RibbonPart[]
}

export interface ChartSize {
  width: number
  height: number
}

interface RateTrendProps {
  view: RateTrendView
  size: ChartSize
  tickText: (value: number) => string
}

interface Row {
  month: string
  /** Joined by the solid line; null in provisional months. */
  final: number | null
  /** Joined by the dashed line: provisional months and the one before. */
  provisional: number | null
  /** Where the whisker stands, in every month. */
  centre: number | null
  weak: number | null
  whisker: [number, number] | null
}

export function RateTrend({ view, size, tickText }: RateTrendProps) {
  const frame = createChartFrame({ ...size, months: view.months, axis: view.axis })
  const series: ReactElement[] = view.lines
    .filter((line) => line.value >= view.axis.from && line.value <= view.axis.through)
    .map((line) => (
      <ReferenceLine
        key={`${line.kind} ${line.value}`}
        y={line.value}
        className={line.kind === 'limit' ? 'plot-limit' : 'plot-centre'}
      />
    ))
  if (view.comparison.some((point) => point.value !== null)) {
    series.push(<Line key="weak" dataKey="weak" className="plot-weak" dot={false} isAnimationActive={false} />)
  }
  if (view.isLine) {
    series.push(
      <Line key="provisional" dataKey="provisional" className="plot-dashed" dot={false} isAnimationActive={false} />,
    )
  }
  if (view.isLine) {
    series.push(<Line key="final" dataKey="final" className="plot-values" dot={false} isAnimationActive={false} />)
  }
  series.push(
    <Line key="centre" dataKey="centre" className="plot-whiskers" dot={false} isAnimationActive={false}>
      <ErrorBar dataKey="whisker" width={0} />
    </Line>,
  )
  return TrendFrame({
    frame,
    data: rowsOf(view),
    tickText,
    currentMonth: view.currentMonth,
    provisionalMonths: view.provisionalMonths,
    under: <InconclusiveBands frame={frame} bands={view.bands} />,
    series,
    over: (
      <>
        <LevelRibbon frame={frame} parts={view.ribbon} />
        <EventFlags frame={frame} events={view.events} />
        <Points frame={frame} points={view.points} />
        <RightLabels frame={frame} labels={view.labels} />
      </>
    ),
  })
}

/** Points, each with what it says and the rows behind it. */
function Points({ frame, points }: { frame: ChartFrame; points: readonly MonthPoint[] }) {
  return points.map((point, index) => {
    if (point.value === null) return null
    const x = frame.x(index)
    const y = frame.y(point.value)
    return (
      <ChartMark key={point.month} text={point.text} href={point.href} x={x} y={y} width={frame.width}>
        <circle className={point.isProvisional ? 'g-dot hollow' : 'g-dot'} cx={x} cy={y} r="3.5" />
        <rect
          className="g-target"
          x={round(x - frame.columnWidth / 2)}
          y={round(y - 12)}
          width={round(frame.columnWidth)}
          height="24"
        />
      </ChartMark>
    )
  })
}

/** Whiskers are cut at the ends of the axis; the step into a provisional month belongs to the dashed series. */
function rowsOf(view: RateTrendView): Row[] {
  const clip = (value: number) => Math.min(Math.max(value, view.axis.from), view.axis.through)
  return view.points.map((point, index) => {
    const next = view.points[index + 1]
    const touchesProvisional = point.isProvisional || next?.isProvisional === true
    return {
      month: point.month,
      final: point.isProvisional ? null : point.value,
      provisional: touchesProvisional ? point.value : null,
      centre: point.value,
      weak: view.comparison[index]?.value ?? null,
      whisker:
        point.value === null || point.lower === null || point.upper === null
          ? null
          : [point.value - clip(point.lower), clip(point.upper) - point.value],
    }
  })
}
