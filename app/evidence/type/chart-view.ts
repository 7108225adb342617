import type { ChartDrawing } from '../../charts/draw-chart.server.tsx'

/** A chart as a figure: the finding, how to read it, the drawing, and the same numbers as a table. */
export interface ChartView {
  id: string
  title: string
  text: string
  /** null: nothing to draw, and the text says why. */
  drawing: ChartDrawing | null
  /** What the drawing shows, for readers who do not see it. */
  summary: string
  twin: TwinTable
}

export interface TwinTable {
  head: readonly string[]
  rows: readonly { month: string; label: string; cells: readonly TwinCell[] }[]
}

interface TwinCell {
  text: string
  href: string | null
}
