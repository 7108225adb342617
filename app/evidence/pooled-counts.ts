import type { Cohort, CsatScale, MetricId } from '#models/metrics.ts'
import type { PointIndex } from './point-index.ts'

export interface PooledCounts {
  numerator: number
  denominator: number
  /** null unless every month with data gives it. */
  sumOfSquares: number | null
  /** Months or types with data. */
  parts: number
  isFinal: boolean
}

interface PoolInput {
  months: readonly string[]
  types: readonly string[]
  metric: MetricId
  cohort: Cohort
  scale?: CsatScale | null
}

/** Adds the counts of one metric over months and types; a rate is computed once, from the sums. */
export function poolCounts(points: PointIndex, input: PoolInput): PooledCounts {
  const pooled: PooledCounts = { numerator: 0, denominator: 0, sumOfSquares: 0, parts: 0, isFinal: true }
  for (const month of input.months) {
    for (const interactionType of input.types) {
      const point = points.find({ ...input, month, interactionType })
      if (point === undefined) continue
      pooled.numerator += point.numerator
      pooled.denominator += point.denominator
      if (point.denominator > 0) {
        pooled.parts += 1
        pooled.sumOfSquares =
          pooled.sumOfSquares === null || point.sumOfSquares === null ? null : pooled.sumOfSquares + point.sumOfSquares
      }
      if (!point.isFinal) pooled.isFinal = false
    }
  }
  return pooled
}

const scales: readonly CsatScale[] = ['five_point', 'three_point', 'binary']

/** The CSAT scale with the most answers: scales are never mixed, so one is shown and named. */
export function mainCsatScale(
  points: PointIndex,
  input: { months: readonly string[]; types: readonly string[] },
): CsatScale | null {
  let best: CsatScale | null = null
  let most = 0
  for (const scale of scales) {
    const answered = (['ai_participated', 'human'] as const).reduce(
      (sum, cohort) => sum + poolCounts(points, { ...input, metric: 'csat_satisfied_rate', cohort, scale }).denominator,
      0,
    )
    if (answered > most) {
      most = answered
      best = scale
    }
  }
  return best
}

/** Short marks of the scales, for labels. */
export const csatScaleMarks: Readonly<Record<CsatScale, string>> = {
  binary: 'good or bad',
  three_point: '1 to 3',
  five_point: '1 to 5',
}

export const csatScaleWords: Readonly<Record<CsatScale, string>> = {
  binary: 'good or bad',
  three_point: 'three points',
  five_point: 'five points',
}
