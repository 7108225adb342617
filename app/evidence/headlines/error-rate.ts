import { formatCount, formatShare, formatShareInterval } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { combineRates } from '#models/statistics/combine-rates.ts'
import type { StratifiedRate } from '#models/statistics/stratified-rate.ts'
import type { Cell, Comparison } from '../comparison/comparison.ts'
import { cellsOf, sumCells } from '../comparison/sum-cells.ts'
import type { PointIndex } from '../point-index.ts'
import { aiContactsOf } from '../pooled-error-rate.ts'
import { rowsHref } from '../rows-href.ts'
import { changeText, type Headline, type HeadlineInput, seriesOf } from './headline.ts'

/** Types are reviewed at different rates, so each counts by its AI contacts; adding up reviews would be biased. */
export function errorRateHeadline({ month, months, points, comparison }: HeadlineInput): Headline {
  const now = weightedErrorRate(points, cellsOf(points, month))
  const counts = sumCells(points, cellsOf(points, month), { metric: 'ai_error_rate', cohort: 'ai_participated' })
  const minimum = metrics.ai_error_rate.minimumSample
  const isShown = now !== undefined && counts.denominator >= minimum
  const reviewed = `${formatCount(counts.numerator)} errors in ${formatCount(counts.denominator)} reviews`
  const covered =
    now !== undefined && now.coverage < 0.995 ? `, for ${formatShare(now.coverage, 0)} of AI contacts` : ''
  return {
    metric: 'ai_error_rate',
    label: metrics.ai_error_rate.label,
    value: isShown ? formatShare(now.rate) : null,
    beside: isShown ? `(${formatShareInterval(now.lower, now.upper)})` : null,
    note: isShown
      ? `Weighted by AI contacts of each type, from ${reviewed}${covered}; ${weightedChange(points, comparison)}`
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
            filter: points.filter,
          }),
    series: seriesOf(months, points, (at) => weightedErrorRate(points, cellsOf(points, at))?.rate ?? null),
  }
}

/** The error rate of all types together, each weighted by its AI contacts. */
export function weightedErrorRate(points: PointIndex, cells: readonly Cell[]): StratifiedRate | undefined {
  const parts = cells.map(({ interactionType, month }) => {
    const point = points.find({ interactionType, month, metric: 'ai_error_rate', cohort: 'ai_participated' })
    const population = aiContactsOf(points, { interactionType, month })
    if (point === undefined || point.value === null) return { population, measured: null }
    const { value: rate, lower, upper } = point
    return { population, measured: { population, rate, lower: lower ?? 0, upper: upper ?? 1 } }
  })
  const combined = combineRates(parts.flatMap(({ measured }) => measured ?? []))
  if (combined === undefined) return undefined
  const all = parts.reduce((sum, { population }) => sum + population, 0)
  const covered = parts.reduce((sum, { measured }) => sum + (measured?.population ?? 0), 0)
  return { ...combined, coverage: covered / all }
}

function weightedChange(points: PointIndex, comparison: Comparison): string {
  const refusal = comparison.refusal ?? comparison.breakOf('ai_error_rate', null)
  if (refusal !== null) return refusal.charAt(0).toLowerCase() + refusal.slice(1)
  const [now, before] = [weightedErrorRate(points, comparison.now), weightedErrorRate(points, comparison.before)]
  if (now === undefined || before === undefined) return `not measured in ${comparison.against}, so not compared`
  const isClear = now.lower > before.upper || now.upper < before.lower
  return `${changeText(comparison, now.rate, before.rate)}, ${isClear ? 'beyond chance' : 'no clear change'}`
}
