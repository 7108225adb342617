import { drawRateTrend } from '../../charts/draw-chart.server.tsx'
import type { RightLabel } from '../../charts/right-labels.tsx'
import { createValueAxis } from '../../charts/value-axis.ts'
import type { PointIndex } from '../point-index.ts'
import type { Chart } from '../type/chart-view.ts'
import type { ChartAnnotations } from '../type/control-chart-views.ts'
import { monthSeries, type SeriesKey, seriesFacts, seriesSummary, seriesTwin } from '../type/month-series.ts'

interface ResolutionChartInput {
  interactionType: string
  month: string
  /** Months drawn, oldest first. */
  months: readonly string[]
  points: PointIndex
  annotations: ChartAnnotations
}

/** Durable resolution by month under what is claimed: the space between the lines is what did not hold. */
export function resolutionChart({ interactionType, month, months, points, annotations }: ResolutionChartInput): Chart {
  const cohort = 'ai_participated'
  const durable: SeriesKey = { interactionType, metric: 'durable_resolution_rate', cohort }
  const claimed: SeriesKey = { interactionType, metric: 'claimed_resolution_rate', cohort }
  const [below, above] = [monthSeries(points, months, durable), monthSeries(points, months, claimed)]
  const measured = [...below, ...above].flatMap(({ value, lower, upper }) =>
    value === null ? [] : [value, lower ?? value, upper ?? value],
  )
  const labels: RightLabel[] = [
    { text: 'claimed', series: above },
    { text: 'durable', series: below },
  ].flatMap(({ text, series }) => {
    const last = series.findLast(({ value }) => value !== null)?.value ?? null
    return last === null ? [] : [{ kind: 'series' as const, text, value: last }]
  })
  return {
    id: 'resolution',
    metric: 'durable_resolution_rate',
    fileName: 'durable_resolution_rate',
    title: 'Claimed against durable, by month',
    text: '“durable”: resolved and stayed so, with its 95\u202f% interval; “claimed”: what the source says, of the same contacts.',
    drawing:
      measured.length === 0
        ? null
        : drawRateTrend(
            {
              months,
              currentMonth: month,
              provisionalMonths: months.filter(points.isProvisional),
              axis: createValueAxis(measured, { least: 0, most: 1 }),
              points: below,
              comparison: above,
              isLine: true,
              lines: [],
              bands: [],
              labels,
              ...annotations,
            },
            'share',
            { width: 640, height: 230 },
          ),
    summary: `Durable: ${seriesSummary(points, months, durable)} Claimed: ${seriesSummary(points, months, claimed)}`,
    twin: seriesTwin(points, months, durable, { value: 'Durable', count: 'Durable of contacts' }),
    facts: seriesFacts(points, months, [durable, claimed]),
  }
}
