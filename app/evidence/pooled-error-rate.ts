import type { GateResult } from '#governance/evaluate/evaluation.ts'
import { combineRates } from '#models/statistics/combine-rates.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import type { PointIndex } from './point-index.ts'
import { poolCounts } from './pooled-counts.ts'

export interface PooledErrorRate {
  /** As reviewed, whatever the weight. */
  numerator: number
  denominator: number
  /** Null where nothing was reviewed. Shares 0..1. */
  estimate: { value: number; lower: number; upper: number; isWeighted: boolean } | null
}

/**
 * The error rate of one type over several months: from the sums, with Wilson limits; where reviews of any month are
 * weighted by stratum, what gate G1 found for the very same reviews, else the months weighted by their AI contacts.
 */
export function pooledErrorRate(
  points: PointIndex,
  {
    interactionType,
    months,
    gate,
  }: { interactionType: string; months: readonly string[]; gate: GateResult | undefined },
): PooledErrorRate {
  const key = { metric: 'ai_error_rate', cohort: 'ai_participated' } as const
  const { numerator, denominator } = poolCounts(points, { ...key, months, types: [interactionType] })
  const counts = { numerator, denominator }
  if (denominator === 0) return { ...counts, estimate: null }
  const measured = months.flatMap((month) => {
    const point = points.find({ ...key, interactionType, month })
    return point === undefined || point.value === null ? [] : [point]
  })
  if (measured.every(({ effectiveSize }) => effectiveSize === null)) {
    return {
      ...counts,
      estimate: { value: numerator / denominator, ...wilsonInterval(numerator, denominator), isWeighted: false },
    }
  }
  if (gate?.value != null && gate.lower !== null && gate.upper !== null && gate.denominator === denominator) {
    return { ...counts, estimate: { value: gate.value, lower: gate.lower, upper: gate.upper, isWeighted: true } }
  }
  const combined = combineRates(
    measured.map(({ month, value, lower, upper }) => ({
      population: aiContactsOf(points, { interactionType, month }),
      rate: value ?? 0,
      lower: lower ?? 0,
      upper: upper ?? 1,
    })),
  )
  if (combined === undefined) return { ...counts, estimate: null }
  const { rate, lower, upper } = combined
  return { ...counts, estimate: { value: rate, lower, upper, isWeighted: true } }
}

/** Contacts of a type and month in which the AI took part. */
export function aiContactsOf(
  points: PointIndex,
  { interactionType, month }: { interactionType: string; month: string },
): number {
  return (
    points.count({ interactionType, month, metric: 'volume', cohort: 'ai' }) +
    points.count({ interactionType, month, metric: 'volume', cohort: 'ai_assisted' })
  )
}
