import {
  formatCount,
  formatDifference,
  formatMonth,
  formatShare,
  formatShareInterval,
  shortMonthName,
} from '#models/format-metric.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import { drawRateTrend } from '../../charts/draw-chart.server.tsx'
import type { MonthPoint } from '../../charts/month-point.ts'
import { createValueAxis } from '../../charts/value-axis.ts'
import { cellsOf, sumCells } from '../comparison/sum-cells.ts'
import type { PointIndex } from '../point-index.ts'
import { rowsHref } from '../rows-href.ts'
import type { Chart } from '../type/chart-view.ts'

const cohort = 'ai_participated'

/** What suppliers claim was resolved over what stayed so: the distance between the lines is the gap. */
export function resolutionChart(input: {
  month: string
  months: readonly string[]
  points: PointIndex
  size: { width: number; height: number }
}): Chart {
  const { month, months, points, size } = input
  const rows = months.map((at) => {
    const cells = cellsOf(points, at)
    const durable = sumCells(points, cells, { metric: 'durable_resolution_rate', cohort })
    const claimed = sumCells(points, cells, { metric: 'claimed_resolution_rate', cohort })
    const isMeasured = durable.denominator > 0
    return {
      month: at,
      durable,
      claimed,
      isMeasured,
      durableRate: isMeasured ? durable.numerator / durable.denominator : null,
      claimedRate: isMeasured ? claimed.numerator / claimed.denominator : null,
      interval: isMeasured ? wilsonInterval(durable.numerator, durable.denominator) : null,
      href: rowsHref({
        interactionType: null,
        month: at,
        metric: 'resolution_gap',
        cohort,
        part: 'numerator',
        filter: points.filter,
      }),
    }
  })
  const pointOf = (row: (typeof rows)[number], which: 'durable' | 'claimed'): MonthPoint => {
    const value = which === 'durable' ? row.durableRate : row.claimedRate
    const { lower, upper } = (which === 'durable' ? row.interval : null) ?? { lower: null, upper: null }
    return {
      month: row.month,
      value,
      lower,
      upper,
      isProvisional: points.isProvisional(row.month),
      text:
        value === null
          ? `${formatMonth(row.month)}: not measured`
          : `${formatMonth(row.month)}: ${formatShare(row.claimedRate ?? 0)} claimed, ${formatShare(row.durableRate ?? 0)} stayed resolved, of ${formatCount(row.durable.denominator)}`,
      href: value === null ? null : row.href,
    }
  }
  const measured = rows.filter(({ isMeasured }) => isMeasured)
  const last = measured.at(-1)
  const values = measured.flatMap(({ durableRate, claimedRate, interval }) => [
    durableRate ?? 0,
    claimedRate ?? 0,
    interval?.lower ?? 0,
  ])
  return {
    id: 'resolution',
    metric: 'resolution_gap',
    fileName: 'claimed_and_durable_resolution',
    facts: {
      columns: [
        'month',
        'claimed',
        'durable',
        'contacts',
        'claimed_rate',
        'durable_rate',
        'lower',
        'upper',
        'is_final',
      ],
      rows: rows.map((row) => [
        row.month,
        row.claimed.numerator,
        row.durable.numerator,
        row.durable.denominator,
        row.claimedRate,
        row.durableRate,
        row.interval?.lower ?? null,
        row.interval?.upper ?? null,
        points.isFinal(row.month),
      ]),
    },
    title: finding(rows.find((row) => row.month === month)),
    text: 'Durable: no human touch, reopening, repeat contact within 48 h, failed review or bad CSAT; an answer that a person approved had a touch. AI contacts with a claim and a known customer.',
    drawing:
      measured.length === 0
        ? null
        : drawRateTrend(
            {
              months,
              currentMonth: month,
              provisionalMonths: months.filter(points.isProvisional),
              axis: createValueAxis(values, { least: 0, most: 1 }),
              points: rows.map((row) => pointOf(row, 'durable')),
              comparison: rows.map((row) => pointOf(row, 'claimed')),
              isLine: true,
              lines: [],
              bands: [],
              labels:
                last === undefined
                  ? []
                  : [
                      { kind: 'series', text: 'claimed', value: last.claimedRate ?? 0 },
                      { kind: 'series', text: 'durable', value: last.durableRate ?? 0 },
                    ],
              events: [],
              ribbon: [],
            },
            'share',
            size,
          ),
    summary: measured.map((row) => pointOf(row, 'durable').text).join('. '),
    twin: {
      head: ['Month', 'Claimed', 'Durable', '95\u202f% interval', 'Gap', 'Durable of judged'],
      rows: rows.map((row) => ({
        month: row.month,
        label: `${formatMonth(row.month)}${points.isProvisional(row.month) ? ', provisional' : ''}`,
        cells: [
          { text: row.claimedRate === null ? '–' : formatShare(row.claimedRate), href: null },
          { text: row.durableRate === null ? '–' : formatShare(row.durableRate), href: null },
          {
            text: row.interval === null ? '–' : formatShareInterval(row.interval.lower, row.interval.upper),
            href: null,
          },
          {
            text:
              row.claimedRate === null || row.durableRate === null
                ? '–'
                : formatDifference(row.claimedRate - row.durableRate).replace('+', ''),
            href: row.isMeasured ? row.href : null,
          },
          { text: `${formatCount(row.durable.numerator)} of ${formatCount(row.durable.denominator)}`, href: null },
        ],
      })),
    },
  }
}

function finding(now: { claimedRate: number | null; durableRate: number | null; month: string } | undefined): string {
  if (now?.claimedRate == null || now.durableRate === null)
    return 'How much of what is claimed stays resolved is not measured.'
  const gap = now.claimedRate - now.durableRate
  if (gap < 0.005) return `What is claimed to be resolved stays so in ${shortMonthName(now.month)}.`
  return `The AI claims more than stays resolved: ${formatShare(now.claimedRate)} claimed, ${formatShare(now.durableRate)} durable.`
}
