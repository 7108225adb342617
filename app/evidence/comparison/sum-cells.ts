import type { Cohort, CsatScale, MetricId } from '#models/metrics.ts'
import type { PointIndex } from '../point-index.ts'
import type { Cell } from './comparison.ts'

/** What is added up over types. */
export interface SummedMetric {
  metric: MetricId
  cohort: Cohort
  scale?: CsatScale | null
}

/** Counts of one metric over types, each in its own month; a rate is computed once, from the sums. */
export function sumCells(
  points: PointIndex,
  cells: readonly Cell[],
  summed: SummedMetric,
): { numerator: number; denominator: number } {
  const sum = { numerator: 0, denominator: 0 }
  for (const cell of cells) {
    const point = points.find({ ...summed, ...cell })
    sum.numerator += point?.numerator ?? 0
    sum.denominator += point?.denominator ?? 0
  }
  return sum
}

/** Every type that has contacts in the month. */
export function cellsOf(points: PointIndex, month: string): Cell[] {
  return points.typesIn(month).map((interactionType) => ({ interactionType, month }))
}
