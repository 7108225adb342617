import { monthList, monthSpan } from '#governance/evaluate/sentences.ts'
import type { ControlChart, ControlPoint, ControlSignal } from '#models/control-charts/control-chart.ts'
import { countWord, formatMetricValue, formatMonth } from '#models/format-metric.ts'
import { type MetricId, metrics } from '#models/metrics.ts'
import { parseMonth } from '#models/reporting-month.ts'

export interface ChartFinding {
  isFavourable: boolean | null
  /** One plain sentence: what stands out, and when. */
  text: string
}

/**
 * What a chart shows beyond chance, for people who have never seen a control chart: one sentence for each rule and run of
 * neighbouring months, oldest first. Empty where nothing stands out.
 */
export function chartFindings(metric: MetricId, chart: ControlChart): ChartFinding[] {
  const runs: { signal: ControlSignal; points: ControlPoint[] }[] = []
  for (const [index, point] of chart.points.entries()) {
    for (const signal of point.signals) {
      const run = runs.findLast((one) => one.signal.rule === signal.rule && one.signal.direction === signal.direction)
      // Two of three months may have the third between them.
      const reach = signal.rule === 'two_in_three' ? 2 : 1
      const isNext = chart.points.slice(Math.max(0, index - reach), index).some((one) => one === run?.points.at(-1))
      if (run !== undefined && isNext) run.points.push(point)
      else runs.push({ signal, points: [point] })
    }
  }
  return runs.map(({ signal, points }) => ({
    isFavourable: signal.isFavourable,
    text: sentence(metric, chart, signal, points),
  }))
}

function sentence(
  metric: MetricId,
  chart: ControlChart,
  { rule, direction }: ControlSignal,
  points: readonly ControlPoint[],
): string {
  const { label } = metrics[metric]
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return ''
  const months = points.map(({ month }) => parseMonth(month))
  const span = `from ${monthSpan(months)}`
  const value = (of: number) => formatMetricValue(metric, of)
  const usual = `${direction === 'up' ? 'above' : 'below'} the usual${chart.centre === null ? '' : ` ${value(chart.centre)}`}`
  switch (rule) {
    case 'outside_limits':
      return first === last
        ? `${label}: ${value(last.value)} in ${formatMonth(last.month)}, further ${usual} than chance explains.`
        : `${label}: further ${usual} than chance explains ${span}, last ${value(last.value)}.`
    case 'seven_point_trend':
      return `${label}: ${direction === 'up' ? 'up' : 'down'} every month ${span}, from ${value(first.value)} to ${value(last.value)}.`
    case 'two_in_three':
      // The months themselves: from the first to the last there may be one that was as usual, and several threes.
      return `${label}: far ${usual} in ${months.length > 4 ? `${countWord(months.length)} months ${span}` : monthList(months)}, ${
        months.length === 2 ? 'two of three in a row' : 'each among three months in a row of which two or more are'
      }: too often for chance.`
    case 'seven_points_one_side':
      return `${label}: ${usual} in all ${countWord(months.length)} months ${span}.`
  }
}
