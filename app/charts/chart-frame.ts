import type { ValueAxis } from './value-axis.ts'

/** Geometry of a monthly chart: one column per month, a linear value axis. Pure, so server and browser draw the same. */
export interface ChartFrame {
  width: number
  height: number
  left: number
  right: number
  top: number
  /** y of the time axis. */
  floor: number
  months: readonly string[]
  columnWidth: number
  axis: ValueAxis
  /** Middle of the month's column. */
  x: (index: number) => number
  /** y of a value; values beyond the axis are kept at its end. */
  y: (value: number) => number
  /** x of a moment inside a month; undefined when the month is not drawn. */
  xOfMoment: (moment: ChartMoment) => number | undefined
}

/** A moment as month and share of the month gone by (0..1), so that charts need no time zone. */
export interface ChartMoment {
  month: string
  fraction: number
}

export interface ChartFrameInput {
  width: number
  height: number
  months: readonly string[]
  axis: ValueAxis
  left?: number
  right?: number
  top?: number
}

/** Height kept under the axis for the month names. */
const below = 24

export function createChartFrame(input: ChartFrameInput): ChartFrame {
  const { width, height, months, axis, left = 44, right = 74, top = 26 } = input
  const floor = height - below
  const columnWidth = (width - left - right) / Math.max(months.length, 1)
  return {
    width,
    height,
    left,
    right,
    top,
    floor,
    months,
    columnWidth,
    axis,
    x: (index) => round(left + (index + 0.5) * columnWidth),
    y: (value) => {
      const share = (value - axis.from) / (axis.through - axis.from)
      return round(floor - Math.min(Math.max(share, 0), 1) * (floor - top))
    },
    xOfMoment: ({ month, fraction }) => {
      const index = months.indexOf(month)
      return index === -1 ? undefined : round(left + (index + fraction) * columnWidth)
    },
  }
}

/** One decimal is finer than a pixel and keeps the markup small and equal on both sides of hydration. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}
