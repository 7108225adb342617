import { formatLimit } from '#governance/evaluate/sentences.ts'
import {
  countOf,
  formatCount,
  formatMonth,
  formatShare,
  formatShareInterval,
  monthName,
} from '#models/format-metric.ts'
import { type MetricPoint, metrics } from '#models/metrics.ts'
import { inconclusiveBand } from '#models/statistics/inconclusive-band.ts'
import { drawRateTrend } from '../../charts/draw-chart.server.tsx'
import type { MonthBand } from '../../charts/inconclusive-bands.tsx'
import type { RightLabel } from '../../charts/right-labels.tsx'
import { createValueAxis } from '../../charts/value-axis.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { runStart } from '../warnings/run-start.ts'
import type { Chart } from './chart-view.ts'
import { monthSeries, seriesFacts, seriesSummary, seriesTwin } from './month-series.ts'
import { gateOf, provisionalMonths, type TypeInput } from './type-input.ts'

/** Error level of the monthly band: a single month is judged at 5 % on either side. */
const bandAlpha = 0.05
const minimum = metrics.ai_error_rate.minimumSample

export function errorRateChart(input: TypeInput): Chart {
  const { interactionType, month, months, points } = input
  const key = { interactionType, metric: 'ai_error_rate', cohort: 'ai_participated' } as const
  const series = monthSeries(points, months, key)
  const limit = gateOf(input, 'G1')?.limit ?? null
  const measured = series.flatMap((point) => (point.value === null ? [] : [point.value]))
  const bands = months.map((at) => bandOf(points.find({ ...key, month: at }), limit))
  const axis = createValueAxis(
    [
      ...series.flatMap((point) =>
        point.upper === null || point.value === null ? [] : [Math.min(point.upper, point.value * 3)],
      ),
      ...measured.map((value) => value * 1.15),
      ...(limit === null ? [] : [limit * 1.8]),
    ],
    { fromZero: true, most: 1, intervals: 5 },
  )
  const labels: RightLabel[] =
    limit === null ? [] : [{ kind: 'limit', text: `limit ${formatLimit(limit)}`, value: limit }]
  const lastBand = bands.findLast((band) => band !== null)
  if (lastBand) labels.push({ kind: 'note', text: 'inconclusive', value: (lastBand.from + lastBand.through) / 2 })
  const now = points.find({ ...key, month })
  return {
    id: 'errors',
    metric: 'ai_error_rate',
    fileName: 'ai_error_rate',
    title: finding(input, now, limit),
    // Without a number there is nothing to read.
    text: measured.length === 0 && (now?.value ?? null) === null ? '' : reading(now),
    drawing:
      measured.length === 0
        ? null
        : drawRateTrend(
            {
              months,
              currentMonth: month,
              provisionalMonths: provisionalMonths(input),
              axis,
              points: series,
              comparison: [],
              isLine: false,
              lines: limit === null ? [] : [{ kind: 'limit', value: limit }],
              bands,
              labels,
              events: input.events,
              ribbon: input.ribbon,
            },
            'share',
            { width: 860, height: 300 },
          ),
    summary: seriesSummary(points, months, key),
    twin: seriesTwin(points, months, key, { value: 'Error rate', count: 'Errors of reviews' }),
    facts: seriesFacts(points, months, [key]),
  }
}

/** Between these shares a month of this size cannot be told from the limit. */
function bandOf(point: MetricPoint | undefined, limit: number | null): MonthBand | null {
  if (point === undefined || limit === null || point.denominator < minimum) return null
  // What whole counts of one sample could show says nothing of several strata.
  if (point.effectiveSize !== null) return null
  const { passAtMost, failAtLeast } = inconclusiveBand(point.denominator, limit, bandAlpha, bandAlpha)
  return { from: Math.max(passAtMost, 0) / point.denominator, through: failAtLeast / point.denominator }
}

/** What the chart shows, as a sentence. */
function finding(input: TypeInput, now: MetricPoint | undefined, limit: number | null): string {
  const name = monthName(input.month)
  if (now === undefined || now.value === null) {
    const unseen = noAiContact(input.points, { interactionType: input.interactionType, months: [input.month] })
    return unseen === null ? `No random review of ${name} was completed, so its error rate is unknown.` : `${unseen}.`
  }
  if (now.denominator < minimum) return `${name} has too few reviews to show a rate.`
  const { value, lower, upper } = now
  if (limit === null) return `${formatShare(value)} of the contacts reviewed in ${name} had an error.`
  if (value > limit) {
    const start = runStart(input.closedMonths, (at) => {
      const point = input.points.find({ ...now, month: at })
      return point?.value != null && point.denominator >= minimum && point.value > limit
    })
    const since = start === undefined || start === input.month ? `in ${name}` : `since ${formatMonth(start)}`
    return (lower ?? 0) > limit
      ? `Over the ${formatLimit(limit)} limit ${since}; the ${name} interval lies wholly above it.`
      : `Over the ${formatLimit(limit)} limit ${since}, but the ${name} interval reaches below it.`
  }
  return (upper ?? 1) <= limit
    ? `Under the ${formatLimit(limit)} limit in ${name}, the whole interval included.`
    : `Under the ${formatLimit(limit)} limit in ${name}, but the interval reaches over it.`
}

function reading(now: MetricPoint | undefined): string {
  const how = 'Failed of reviewed AI contacts, random sample only. Whisker: 95\u202f% interval.'
  if (now === undefined || now.value === null) return how
  if (now.denominator < minimum) {
    return `${countOf(now.numerator, 'error')} in ${countOf(now.denominator, 'review')}; a rate is shown from ${minimum}. ${how}`
  }
  const interval = now.lower === null || now.upper === null ? '' : ` (${formatShareInterval(now.lower, now.upper)})`
  const weighted = now.effectiveSize === null ? '' : ', each stratum of the sample weighted by its contacts'
  return `${monthName(now.month)}: ${formatShare(now.value)}${interval}, ${formatCount(now.numerator)} of ${formatCount(now.denominator)}${weighted}. ${how}`
}
