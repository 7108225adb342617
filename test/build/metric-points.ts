import type { MonthCsatChannel } from '#models/daily/list-csat-channels.ts'
import { type Cohort, type CsatScale, type MetricId, type MetricPoint, metrics } from '#models/metrics.ts'
import { addMonths, parseMonth } from '#models/reporting-month.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'

interface PointFacts {
  cohort?: Cohort
  scale?: CsatScale
  isFinal?: boolean
  interactionType?: string
}

/** One monthly number from its counts; the interval is the one the models would give. */
export function metricPoint(
  month: string,
  metric: MetricId,
  numerator: number,
  denominator: number,
  facts: PointFacts = {},
): MetricPoint {
  const isRate = metrics[metric].unit === 'share' && denominator > 0
  const interval =
    isRate && metrics[metric].interval === 'wilson'
      ? wilsonInterval(numerator, denominator)
      : { lower: null, upper: null }
  return {
    month,
    interactionType: facts.interactionType ?? 'refund_request',
    metric,
    cohort: facts.cohort ?? 'ai_participated',
    scale: facts.scale ?? null,
    numerator,
    denominator,
    sumOfSquares: null,
    effectiveSize: null,
    value: metrics[metric].denominator === 'none' ? numerator : denominator === 0 ? null : numerator / denominator,
    ...interval,
    isFinal: facts.isFinal ?? true,
    definitionVersion: 1,
  }
}

/** Contacts of a month by who handled them: what every other number of the month stands beside. */
export function volumePoints(
  month: string,
  counts: { ai?: number; assisted?: number; human?: number },
  facts: PointFacts = {},
): MetricPoint[] {
  const { ai = 0, assisted = 0, human = 0 } = counts
  const all = ai + assisted + human
  return [
    metricPoint(month, 'volume', all, 0, { ...facts, cohort: 'all' }),
    metricPoint(month, 'volume', ai, 0, { ...facts, cohort: 'ai' }),
    metricPoint(month, 'volume', assisted, 0, { ...facts, cohort: 'ai_assisted' }),
    metricPoint(month, 'volume', ai + assisted, 0, { ...facts, cohort: 'ai_participated' }),
    metricPoint(month, 'volume', human, 0, { ...facts, cohort: 'human' }),
    metricPoint(month, 'ai_share', ai + assisted, all, { ...facts, cohort: 'all' }),
  ]
}

/** Months in a row from the first, each made by the function from its index. */
export function monthly(
  first: string,
  count: number,
  make: (month: string, index: number) => MetricPoint[],
): MetricPoint[] {
  return Array.from({ length: count }, (_, index) => make(addMonths(parseMonth(first), index), index)).flat()
}

/** The CSAT answers of AI contacts among the points, all by one channel. */
export function csatAnswersOf(points: readonly MetricPoint[], channel = 'chat'): MonthCsatChannel[] {
  return points.flatMap(({ month, interactionType, metric, cohort, scale, numerator, denominator }) =>
    metric === 'csat_satisfied_rate' && cohort === 'ai_participated' && scale !== null
      ? [{ month: parseMonth(month), interactionType, scale, channel, answered: denominator, satisfied: numerator }]
      : [],
  )
}
