import {
  formatCount,
  formatDifference,
  formatMonth,
  formatShare,
  formatShareInterval,
  monthName,
} from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { addMonths, parseMonth } from '#models/reporting-month.ts'
import { drawRateTrend } from '../charts/draw-chart.server.tsx'
import type { MonthPoint } from '../charts/month-point.ts'
import { createValueAxis } from '../charts/value-axis.ts'
import type { ComparisonKind } from './comparison/comparison-kind.ts'
import { cellsOf } from './comparison/sum-cells.ts'
import { weightedErrorRate } from './headlines/error-rate.ts'
import { resolutionChart } from './overview/resolution-chart.ts'
import type { PointIndex } from './point-index.ts'
import { poolCounts } from './pooled-counts.ts'
import { rowsHref } from './rows-href.ts'
import type { Chart } from './type/chart-view.ts'
import { handledChart } from './type/handled-chart.ts'

interface OverviewChartsInput {
  month: string
  /** Months drawn, oldest first. */
  months: readonly string[]
  points: PointIndex
  /** What the page compares with: a title speaks of the month before only where the page does. */
  compared: ComparisonKind
}

const size = { width: 640, height: 220 }

/** All types together, month by month: how much the AI does, and how often it is wrong. */
export function overviewCharts(input: OverviewChartsInput): Chart[] {
  const types = [...new Set(input.months.flatMap((month) => input.points.typesIn(month)))]
  return [
    resolutionChart({ ...input, size }),
    handledChart({ ...input, types, interactionType: null, events: [], ribbon: [], size }),
    errorTrend(input),
  ]
}

function errorTrend({ month, months, points, compared }: OverviewChartsInput): Chart {
  const minimum = metrics.ai_error_rate.minimumSample
  const key = {
    interactionType: null,
    metric: 'ai_error_rate',
    cohort: 'ai_participated',
    part: 'denominator',
  } as const
  const rows = months.map((at) => {
    const counts = poolCounts(points, { ...key, months: [at], types: points.typesIn(at) })
    const rate = counts.denominator < minimum ? undefined : weightedErrorRate(points, cellsOf(points, at))
    const counted = `${formatCount(counts.numerator)} of ${formatCount(counts.denominator)}`
    return {
      month: at,
      counts,
      rate,
      counted,
      href: counts.denominator === 0 ? null : rowsHref({ ...key, month: at, filter: points.filter }),
    }
  })
  const series = rows.map(({ month: at, rate, counted, href }): MonthPoint => {
    const said =
      rate === undefined
        ? 'not shown'
        : `${formatShare(rate.rate)} weighted (${formatShareInterval(rate.lower, rate.upper)}), from ${counted} reviews`
    return {
      month: at,
      value: rate?.rate ?? null,
      lower: rate?.lower ?? null,
      upper: rate?.upper ?? null,
      isProvisional: points.isProvisional(at),
      text: `${formatMonth(at)}: ${said}`,
      href: rate === undefined ? null : href,
    }
  })
  const measured = series.filter((point) => point.value !== null)
  return {
    id: 'all-errors',
    metric: 'ai_error_rate',
    fileName: 'ai_error_rate_weighted',
    facts: {
      columns: ['month', 'errors', 'reviewed', 'error_rate_weighted', 'lower', 'upper', 'is_final'],
      rows: rows.map(({ month: at, counts, rate }) => [
        at,
        counts.numerator,
        counts.denominator,
        rate?.rate ?? null,
        rate?.lower ?? null,
        rate?.upper ?? null,
        points.isFinal(at),
      ]),
    },
    title: finding({ month, points, compared }, rows),
    text: 'Random reviews; each type counts by its AI contacts, so that much-reviewed types do not speak for all. Whisker: 95\u202f% interval.',
    drawing:
      measured.length === 0
        ? null
        : drawRateTrend(
            {
              months,
              currentMonth: month,
              provisionalMonths: months.filter(points.isProvisional),
              axis: createValueAxis(
                measured.map((point) => point.upper ?? point.value ?? 0),
                { fromZero: true, most: 1 },
              ),
              points: series,
              comparison: [],
              isLine: true,
              lines: [],
              bands: [],
              labels: [],
              events: [],
              ribbon: [],
            },
            'share',
            size,
          ),
    summary: `${measured.map((point) => point.text).join('. ')}.`,
    twin: {
      head: ['Month', 'Error rate, weighted', '95\u202f% interval', 'Errors of reviews'],
      rows: rows.map(({ month: at, rate, counted, href }) => ({
        month: at,
        label: `${formatMonth(at)}${points.isProvisional(at) ? ', provisional' : ''}`,
        cells: [
          { text: rate === undefined ? '– not shown' : formatShare(rate.rate), href: null },
          { text: rate === undefined ? '–' : formatShareInterval(rate.lower, rate.upper), href: null },
          { text: counted, href },
        ],
      })),
    },
  }
}

type Row = { month: string; rate: ReturnType<typeof weightedErrorRate> }

function finding({ month, points, compared }: Omit<OverviewChartsInput, 'months'>, rows: readonly Row[]): string {
  const now = rows.find((row) => row.month === month)?.rate
  if (now === undefined) return `Too few reviews in ${monthName(month)} to say how often the AI is wrong.`
  const said = `The AI is wrong in ${formatShare(now.rate)} of its contacts`
  if (compared !== 'previous') return `${said}.`
  const before = rows.find((row) => row.month === addMonths(parseMonth(month), -1))
  if (before?.rate === undefined || !points.isFinal(month) || !points.isFinal(before.month)) return `${said}.`
  const isClear = now.lower > before.rate.upper || now.upper < before.rate.lower
  return isClear
    ? `${said}, ${formatDifference(now.rate - before.rate.rate)} from ${monthName(before.month)}.`
    : `${said}, no clear change from ${monthName(before.month)}.`
}
