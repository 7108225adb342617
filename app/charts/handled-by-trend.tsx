import { Bar } from 'recharts'
import { type ChartFrame, createChartFrame, round } from './chart-frame.ts'
import { ChartMark } from './chart-mark.tsx'
import { type ChartEvent, EventFlags } from './event-flags.tsx'
import { LevelRibbon, type RibbonPart } from './level-ribbon.tsx'
import type { ChartSize } from './rate-trend.tsx'
import { type RightLabel, RightLabels } from './right-labels.tsx'
import { TrendFrame } from './trend-frame.tsx'
import { unspoken } from './unspoken.ts'
import type { ValueAxis } from './value-axis.ts'

type ColumnPart = 'ai' | 'assisted' | 'human' | 'system'

/** Who handled the contacts of one month. */
export interface HandledMonth extends Readonly<Record<ColumnPart, number>> {
  month: string
  isProvisional: boolean
  text: string
  href: string | null
}

export interface HandledByView {
  months: readonly string[]
  currentMonth: string
  provisionalMonths: readonly string[]
  axis: ValueAxis
  columns: readonly HandledMonth[]
  labels: readonly RightLabel[]
  /** Numbers over single columns. */
  notes: readonly { month: string; text: string }[]
  events: readonly ChartEvent[]
  ribbon: readonly RibbonPart[]
}

/** From the axis up: what the AI sent alone lies at the bottom, where lengths compare best. */
const columnParts: readonly ColumnPart[] = ['ai', 'assisted', 'human', 'system']
const widthShare = 0.62

interface HandledByProps {
  view: HandledByView
  size: ChartSize
  tickText: (value: number) => string
}

/** What recharts hands to a column's shape. */
interface ColumnPlace {
  x: number
  y: number
  width: number
  height: number
}

/** Contacts by who handled them: stacked columns with a one-pixel gap; a provisional month is drawn through. */
export function HandledByTrend({ view, size, tickText }: HandledByProps) {
  const frame = createChartFrame({ ...size, months: view.months, axis: view.axis })
  const barSize = round(frame.columnWidth * widthShare)
  return TrendFrame({
    frame,
    data: view.columns,
    tickText,
    currentMonth: view.currentMonth,
    provisionalMonths: [],
    series: columnParts.map((part) => (
      <Bar
        key={part}
        dataKey={part}
        stackId="handled"
        barSize={barSize}
        isAnimationActive={false}
        shape={(props: unknown) => <Column part={part} place={props as ColumnPlace} />}
      />
    )),
    over: (
      <>
        <LevelRibbon frame={frame} parts={view.ribbon} />
        <EventFlags frame={frame} events={view.events} />
        <Columns frame={frame} view={view} width={barSize} />
        <RightLabels frame={frame} labels={view.labels} />
      </>
    ),
  })
}

function Column({ part, place: { x, y, width, height } }: { part: ColumnPart; place: ColumnPlace }) {
  if (height <= 0) return null
  return (
    <rect className={`f-${part}`} x={round(x)} y={round(y)} width={width} height={round(Math.max(height - 1, 0.5))} />
  )
}

function Columns({ frame, view, width }: { frame: ChartFrame; view: HandledByView; width: number }) {
  return view.columns.map((column, index) => {
    const total = columnParts.reduce((sum, part) => sum + column[part], 0)
    const top = frame.y(total)
    const place = { x: round(frame.x(index) - width / 2), y: top, width, height: round(frame.floor - top) }
    const note = view.notes.find((one) => one.month === column.month)
    if (total === 0) return null
    return (
      <ChartMark
        key={column.month}
        text={column.text}
        href={column.href}
        x={frame.x(index)}
        y={top}
        width={frame.width}
      >
        <rect className={column.isProvisional ? 'g-hatch-over' : 'g-target'} {...place} />
        {note === undefined ? null : (
          <text className="strong" {...unspoken} x={frame.x(index)} y={top - 5} textAnchor="middle">
            {note.text}
          </text>
        )}
      </ChartMark>
    )
  })
}
