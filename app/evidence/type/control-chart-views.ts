import { type ControlChart, type ControlPoint, minimumChartedMonths } from '#models/control-charts/control-chart.ts'
import type { MetricCharts } from '#models/control-charts/list-control-charts.ts'
import { formatMetricValue, formatMonth, formatPoints } from '#models/format-metric.ts'
import { type Cohort, metrics } from '#models/metrics.ts'
import type { ControlMonth } from '../../charts/control-trend.tsx'
import { drawControlTrend } from '../../charts/draw-chart.server.tsx'
import type { ChartEvent } from '../../charts/event-flags.tsx'
import type { RibbonPart } from '../../charts/level-ribbon.tsx'
import { createValueAxis } from '../../charts/value-axis.ts'
import { type ChartFinding, chartFindings } from '../chart-signals.ts'
import { type EvidenceFilter, noFilter } from '../filter/evidence-filter.ts'
import { csatScaleMarks } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import type { Chart } from './chart-view.ts'

/** One control chart in words, drawn, and as a table. */
export interface ControlChartView extends Chart {
  /** The latest first. */
  findings: readonly ChartFinding[]
  /** A finding for the worse that touches one of the latest three charted months. */
  isOpenForTheWorse: boolean
  hasFinding: boolean
  /** False without limits: nothing can stand out. */
  hasLimits: boolean
}

const cohortWords: Readonly<Record<Cohort, string>> = {
  all: 'all contacts',
  ai: 'AI alone',
  ai_assisted: 'AI assisted',
  ai_participated: 'AI contacts',
  human: 'contacts of people',
}

const kindWords: Readonly<Record<ControlChart['kind'], string>> = {
  xmr: 'XmR chart: individual months and their moving range.',
  laney_p: 'Laney p\u2032 chart: a share, with the variation between months in its limits.',
  exact_p: 'Exact p chart: few contacts, limits from binomial tails.',
  none: 'From month to month it mostly stays the same, which gives no limits to hold it against.',
}

/** A page holds some seventy of them: one drawing each, as wide as a column of the page and as a telephone. */
const size = { width: 360, height: 176 }
const openMonths = 3

/** What else happened in the months drawn. */
export interface ChartAnnotations {
  events: readonly ChartEvent[]
  ribbon: readonly RibbonPart[]
}

/** The measures that show something beyond chance, and the others. */
export function splitCharts(all: readonly MetricCharts[]): { found: MetricCharts[]; calm: MetricCharts[] } {
  const isFound = ({ metric, charts }: MetricCharts) => {
    const chart = charts.at(-1)
    return chart !== undefined && chartFindings(metric, chart).length > 0
  }
  const drawable = all.filter(({ charts }) => charts.length > 0)
  return { found: drawable.filter(isFound), calm: drawable.filter((one) => !isFound(one)) }
}

/** The charts of one type, those with an open finding for the worse first, then those with any, then the rest. */
export function controlChartViews(
  interactionType: string,
  all: readonly MetricCharts[],
  months: readonly string[],
  month: string,
  annotations: ChartAnnotations,
  filter: EvidenceFilter = noFilter,
): ControlChartView[] {
  const rank = (view: ControlChartView) => (view.isOpenForTheWorse ? 0 : view.hasFinding ? 1 : 2)
  return all
    .flatMap((own) => viewOf(interactionType, own, months, month, annotations, filter) ?? [])
    .sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id, 'en'))
}

function viewOf(
  interactionType: string,
  { metric, cohort, scale, charts }: MetricCharts,
  months: readonly string[],
  month: string,
  annotations: ChartAnnotations,
  filter: EvidenceFilter,
): ControlChartView | undefined {
  const chart = charts.at(-1)
  if (chart === undefined) return undefined
  const { label, unit, denominator } = metrics[metric]
  const part = denominator === 'none' ? ('numerator' as const) : ('denominator' as const)
  const byMonth = new Map(chart.points.map((point) => [point.month, point]))
  const value = (of: number) => formatMetricValue(metric, of)
  const findings = chartFindings(metric, chart).reverse()
  const latest = chart.points.slice(-openMonths)
  const points = months.map((at): ControlMonth => {
    const point = byMonth.get(at)
    return {
      month: at,
      value: point?.value ?? null,
      lower: point?.lower ?? null,
      upper: point?.upper ?? null,
      mark: markOf(point),
      text: point === undefined ? `${formatMonth(at)}: not charted` : said(point, value),
      href: point === undefined ? null : rowsHref({ interactionType, month: at, metric, cohort, scale, part, filter }),
    }
  })
  const reach = points.flatMap((point) => [point.value, point.lower, point.upper].filter((one) => one !== null))
  const series = scale === null ? cohortWords[cohort] : `${cohortWords[cohort]}, ${csatScaleMarks[scale]}`
  return {
    id: ['chart', metric, cohort, scale ?? ''].filter(Boolean).join('-'),
    metric,
    title: `${label}, ${series}`,
    text: [
      chart.points.length < minimumChartedMonths ? 'Fewer than six final months, so no limits.' : kindWords[chart.kind],
      chart.kind !== 'none' && chart.isTrial ? 'Under twelve months: the limits may still move.' : '',
      charts.length > 1 ? `The definition changed; this is version ${chart.definitionVersion} alone.` : '',
    ]
      .filter(Boolean)
      .join(' '),
    fileName: ['control', metric, cohort, scale ?? ''].filter(Boolean).join('-'),
    findings,
    hasFinding: findings.length > 0,
    hasLimits: chart.kind !== 'none',
    isOpenForTheWorse: latest.some(({ signals }) => signals.some(({ isFavourable }) => isFavourable === false)),
    drawing: drawControlTrend(
      {
        months,
        currentMonth: month,
        provisionalMonths: [],
        axis: createValueAxis(reach, {
          least: 0,
          isWhole: unit === 'count',
          ...(unit === 'share' ? { most: 1 } : unit === 'points' ? { most: 100 } : {}),
        }),
        points,
        centre: chart.centre,
        ...annotations,
      },
      (tick) =>
        unit === 'share' || unit === 'count'
          ? formatMetricValue(metric, tick, unit === 'share' && reach.every((one) => one < 0.05) ? 1 : 0)
          : formatPoints(tick, reach.every((one) => one < 5) ? 1 : 0),
      size,
    ),
    summary: `${chart.points.map((point) => said(point, value)).join('. ')}.`,
    twin: {
      head: ['Month', 'Value', 'Lower limit', 'Upper limit', 'Signal'],
      rows: chart.points.map((point) => ({
        month: point.month,
        label: formatMonth(point.month),
        cells: [
          {
            text: value(point.value),
            href: rowsHref({ interactionType, month: point.month, metric, cohort, scale, part, filter }),
          },
          { text: point.lower === null ? '–' : value(point.lower), href: null },
          { text: point.upper === null ? '–' : value(point.upper), href: null },
          { text: ruleNames(point) || '–', href: null },
        ],
      })),
    },
    facts: {
      columns: ['month', 'metric', 'cohort', 'scale', 'value', 'centre', 'lower_limit', 'upper_limit', 'signals'],
      rows: chart.points.map((point) => [
        point.month,
        metric,
        cohort,
        scale,
        point.value,
        chart.centre,
        point.lower,
        point.upper,
        [...new Set(point.signals.map(({ rule }) => rule))].join(' '),
      ]),
    },
  }
}

function markOf(point: ControlPoint | undefined): ControlMonth['mark'] {
  if (point === undefined || point.signals.length === 0) return 'none'
  return point.signals.some(({ rule }) => rule === 'outside_limits') ? 'outside' : 'run'
}

function said(point: ControlPoint, value: (of: number) => string): string {
  const limits =
    point.lower === null || point.upper === null ? '' : `, limits ${value(point.lower)} to ${value(point.upper)}`
  const names = ruleNames(point)
  return `${formatMonth(point.month)}: ${value(point.value)}${limits}${names === '' ? '' : `, ${names}`}`
}

const ruleWords = {
  outside_limits: 'outside the limits',
  seven_point_trend: 'trend of seven',
  two_in_three: 'two in three near the limit',
  seven_points_one_side: 'seven on one side',
} as const

function ruleNames(point: ControlPoint): string {
  return [...new Set(point.signals.map(({ rule }) => ruleWords[rule]))].join(', ')
}
