import { type Cohort, type CsatScale, type MetricDefinition, type MetricId, metricIds, metrics } from '../metrics.ts'
import type { WeightedEstimate } from '../sampling/list-weighted-estimates.ts'
import { meanBounds } from '../statistics/mean-bounds.ts'
import { wilsonInterval } from '../statistics/wilson.ts'
import type { MonthlyMetricsTable } from '../warehouse/warehouse-schema.ts'
import { cohortHandlers, type HandledBy, type MetricPart, metricParts, type ReviewedProperty } from './metric-parts.ts'
import type { MonthCounts, SumColumn } from './month-counts.ts'

const scales: readonly CsatScale[] = ['binary', 'three_point', 'five_point']

type MetricRow = Omit<MonthlyMetricsTable, 'contact_month' | 'interaction_type'>

/** What is known of a month beside its counts. */
export interface MonthContext {
  /** Whether a metric of that maturity can still change. */
  isFinal(maturityHours: number): boolean
  /** Days of the month that are loaded. */
  days: number
  /** Whole days for which the oldest open random review of these handlers has waited; null when none is open. */
  oldestOpenDays(handlers: readonly HandledBy[] | null): number | null
  /** What the random reviews of a cohort say where they have weights of their own; else undefined. */
  weightedEstimate?(of: ReviewedProperty, cohort: Cohort): WeightedEstimate | undefined
}

/** The counts of one number: of a mean the numerator is its sum. */
export interface CountedParts {
  metric: MetricId
  cohort: Cohort
  scale: CsatScale | 'none'
  numerator: number
  denominator: number
  sumOfSquares: number | null
}

/** The counts behind every metric, from additive counts. An age, which is no sum, is 0. */
export function countedParts(
  counts: readonly MonthCounts[],
  ids: readonly MetricId[] = metricIds,
): readonly CountedParts[] {
  const offered = scales.filter((scale) => total(counts, 'csat_offered_count', null, scale) > 0)
  return ids.flatMap((metric) => {
    const { cohorts, isPerScale } = metricParts[metric]
    return cohorts.flatMap((cohort) =>
      (isPerScale ? offered : (['none'] as const)).map((scale) => partsOf(counts, metric, cohort, scale)),
    )
  })
}

/**
 * Every metric of one month and type, from its additive counts: pure, rates and limits computed once, from sums.
 * A metric without data still has its row, with a null value; CSAT has rows only for scales that were offered.
 * Only the metrics named, all unless given: the counts need to hold no others.
 */
export function monthMetrics(
  counts: readonly MonthCounts[],
  context: MonthContext,
  ids: readonly MetricId[] = metricIds,
): MetricRow[] {
  return countedParts(counts, ids).map((parts) => point(counts, parts, context))
}

function partsOf(
  counts: readonly MonthCounts[],
  metric: MetricId,
  cohort: Cohort,
  scale: CsatScale | 'none',
): CountedParts {
  const parts = metricParts[metric]
  const of = (part: MetricPart) => partTotal(counts, part, cohort, scale)
  const sumOf = (column: SumColumn, units: number) => total(counts, column, cohortHandlers[cohort], scale) / units
  const squares = parts.mean?.squares ?? null
  const counted = parts.mean === null ? of(parts.numerator) : sumOf(parts.mean.sum, parts.mean.sumUnits)
  return {
    metric,
    cohort,
    scale,
    numerator: parts.isOldestOpenReview ? 0 : counted,
    denominator: parts.denominator === null ? 0 : of(parts.denominator),
    sumOfSquares: squares === null ? null : sumOf(squares, 10_000),
  }
}

function point(
  counts: readonly MonthCounts[],
  { metric, cohort, scale, numerator: counted, denominator, sumOfSquares }: CountedParts,
  context: MonthContext,
): MetricRow {
  const definition: MetricDefinition = metrics[metric]
  const parts = metricParts[metric]
  const numerator = parts.isOldestOpenReview ? (context.oldestOpenDays(cohortHandlers[cohort]) ?? 0) : counted
  const volume = parts.perDayOf === undefined ? null : partTotal(counts, parts.perDayOf, cohort, scale)
  const factor = volume === null ? (definition.per ?? 1) : volume / context.days
  const scaled = (value: number | null) => (value === null ? null : value * factor)
  const weighted = parts.reviewed === undefined ? undefined : context.weightedEstimate?.(parts.reviewed, cohort)
  const { lower, upper } = weighted ?? limits(definition, numerator, denominator, sumOfSquares)
  return {
    metric,
    cohort,
    scale,
    numerator,
    denominator,
    sum_of_squares: sumOfSquares,
    effective_size: weighted?.effectiveSize ?? null,
    value:
      parts.denominator === null || (parts.isOldestOpenReview && denominator > 0)
        ? numerator
        : denominator === 0
          ? null
          : scaled(weighted?.value ?? numerator / denominator),
    lower: scaled(lower),
    upper: scaled(upper),
    is_final: context.isFinal(definition.maturityHours),
    definition_version: definition.definitionVersion,
  }
}

function limits(
  definition: MetricDefinition,
  numerator: number,
  denominator: number,
  sumOfSquares: number | null,
): { lower: number | null; upper: number | null } {
  const none = { lower: null, upper: null }
  if (denominator === 0) return none
  switch (definition.interval) {
    case 'none':
      return none
    case 'wilson':
      return wilsonInterval(numerator, denominator)
    case 't': {
      const bounds = sumOfSquares === null ? null : meanBounds(denominator, numerator, sumOfSquares, 0.025)
      return bounds === null ? none : { lower: bounds.lower, upper: bounds.upper }
    }
  }
}

function partTotal(
  counts: readonly MonthCounts[],
  part: MetricPart,
  cohort: Cohort,
  scale: CsatScale | 'none',
): number {
  const inCohort = cohortHandlers[cohort]
  const handlers = part.handledBy?.filter((each) => inCohort?.includes(each) ?? true) ?? inCohort
  const counted = total(counts, part.count, handlers, scale)
  return part.without === undefined ? counted : counted - total(counts, part.without, handlers, scale)
}

/** Scale 'none' sums over every scale: only CSAT is kept apart. */
function total(
  counts: readonly MonthCounts[],
  column: SumColumn,
  handlers: readonly HandledBy[] | null,
  scale: CsatScale | 'none',
): number {
  let sum = 0
  for (const row of counts) {
    if (handlers !== null && !handlers.includes(row.handled_by)) continue
    if (scale !== 'none' && row.csat_scale !== scale) continue
    sum += row[column]
  }
  return sum
}
