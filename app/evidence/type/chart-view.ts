import type { MetricId } from '#models/metrics.ts'
import type { ChartDrawing } from '../../charts/draw-chart.server.tsx'
import type { FactTable } from '../../exports/fact-table.ts'

/** A chart as a figure: the finding, how to read it, the drawing, and the same numbers as a table. */
export interface ChartView {
  id: string
  /** What is drawn, for its help; absent where that is no metric. */
  metric?: MetricId | undefined
  title: string
  text: string
  /** null: nothing to draw, and the text says why. */
  drawing: ChartDrawing | null
  /** What the drawing shows, for readers who do not see it. */
  summary: string
  twin: TwinTable
}

/** A chart with what its downloads need and pages do not. */
export interface Chart extends ChartView {
  /** What it shows, for the name of a file: ai_error_rate. */
  fileName: string
  /** The numbers drawn, unrounded. */
  facts: FactTable
}

/** The chart without what only its downloads need, which would travel to the browser for nothing. */
export function chartForPage({ fileName: _, facts: __, ...view }: Chart): ChartView {
  return view
}

export interface TwinTable {
  head: readonly string[]
  rows: readonly { month: string; label: string; cells: readonly TwinCell[] }[]
}

interface TwinCell {
  text: string
  href: string | null
}
