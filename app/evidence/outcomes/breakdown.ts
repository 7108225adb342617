import { formatShare, formatShareInterval } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import type { FactTable } from '../../exports/fact-table.ts'

/** A number of a type taken apart: one line for each part, with a bar where parts compare, and the rows behind them. */
export interface Breakdown {
  /** Also the name of its file. */
  id: string
  caption: string
  /** The first heads the lines, the others their cells; the bar stands before the first cell. */
  head: readonly string[]
  rows: readonly BreakdownRow[]
  /** Said in place of a table without lines. */
  none: string
  facts: FactTable
}

interface BreakdownRow {
  label: string
  bar: BreakdownBar | null
  cells: readonly { text: string; href: string | null }[]
}

/** Shares 0..1 of the bar's length. */
export interface BreakdownBar {
  value: number
  /** Ends of a whisker; null: none. */
  interval: { lower: number; upper: number } | null
  /** Between these the value may lie, whatever those would say who are missing; null: not asked. */
  bounds: { lower: number; upper: number } | null
}

/** The breakdown as a page needs it. */
export function breakdownForPage({ facts: _, ...view }: Breakdown): Omit<Breakdown, 'facts'> {
  return view
}

/** A share with its 95 % interval; counts alone below the sample from which rates are shown. */
export function shareWithInterval(
  numerator: number,
  denominator: number,
  minimum: number = metrics.ai_error_rate.minimumSample,
): { value: number | null; lower: number | null; upper: number | null; text: string; interval: string } {
  if (denominator === 0) return { value: null, lower: null, upper: null, text: '–', interval: '–' }
  if (denominator < minimum) {
    return { value: null, lower: null, upper: null, text: `– shown from ${minimum}`, interval: '–' }
  }
  const { lower, upper } = wilsonInterval(numerator, denominator)
  const value = numerator / denominator
  return { value, lower, upper, text: formatShare(value), interval: formatShareInterval(lower, upper) }
}
