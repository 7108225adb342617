import { formatCount, formatDifference, formatShare, formatShareInterval, monthName } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { type StratifiedRate, stratifiedRate } from '#models/statistics/stratified-rate.ts'
import type { PointIndex } from '../point-index.ts'
import { poolCounts } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import { type Headline, type HeadlineInput, isComparable, previous, seriesOf } from './headline.ts'

/** Types are reviewed at different rates, so each counts by its AI contacts; adding up reviews would be biased. */
export function errorRateHeadline({ month, months, points }: HeadlineInput): Headline {
  const now = weightedErrorRate(points, month)
  const counts = poolCounts(points, {
    months: [month],
    types: points.typesIn(month),
    metric: 'ai_error_rate',
    cohort: 'ai_participated',
  })
  const minimum = metrics.ai_error_rate.minimumSample
  const isShown = now !== undefined && counts.denominator >= minimum
  const before = weightedErrorRate(points, previous(month))
  const reviewed = `${formatCount(counts.numerator)} errors in ${formatCount(counts.denominator)} reviews`
  const covered =
    now !== undefined && now.coverage < 0.995 ? `, for ${formatShare(now.coverage, 0)} of AI contacts` : ''
  return {
    metric: 'ai_error_rate',
    label: metrics.ai_error_rate.label,
    value: isShown ? formatShare(now.rate) : null,
    beside: isShown ? `(${formatShareInterval(now.lower, now.upper)})` : null,
    note: isShown
      ? `Weighted by AI contacts of each type, from ${reviewed}${covered}${weightedChange(points, month, now, before)}`
      : counts.denominator === 0
        ? 'No random reviews this month'
        : `${reviewed}: a rate is shown from ${minimum}`,
    href:
      counts.denominator === 0
        ? null
        : rowsHref({
            interactionType: null,
            month,
            metric: 'ai_error_rate',
            cohort: 'ai_participated',
            part: 'denominator',
          }),
    series: seriesOf(months, points, (at) => weightedErrorRate(points, at)?.rate ?? null),
  }
}

/** The error rate of all types together, each weighted by its AI contacts. */
export function weightedErrorRate(points: PointIndex, month: string): StratifiedRate | undefined {
  return stratifiedRate(
    points.typesIn(month).map((interactionType) => {
      const point = points.find({ interactionType, month, metric: 'ai_error_rate', cohort: 'ai_participated' })
      return {
        population:
          points.count({ interactionType, month, metric: 'volume', cohort: 'ai' }) +
          points.count({ interactionType, month, metric: 'volume', cohort: 'ai_assisted' }),
        sampled: point?.denominator ?? 0,
        hits: point?.numerator ?? 0,
      }
    }),
  )
}

function weightedChange(
  points: PointIndex,
  month: string,
  now: StratifiedRate,
  before: StratifiedRate | undefined,
): string {
  if (before === undefined || !isComparable(points, month)) return ''
  const isClear = now.lower > before.upper || now.upper < before.lower
  return `; ${formatDifference(now.rate - before.rate)} from ${monthName(previous(month))}${isClear ? '' : ', no clear change'}`
}
