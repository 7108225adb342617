import { formatCount, formatMonth, formatShare, monthName } from '#models/format-metric.ts'
import { drawHandledBy } from '../../charts/draw-chart.server.tsx'
import type { HandledMonth } from '../../charts/handled-by-trend.tsx'
import type { RightLabel } from '../../charts/right-labels.tsx'
import { createValueAxis } from '../../charts/value-axis.ts'
import { rowsHref } from '../rows-href.ts'
import type { Chart } from './chart-view.ts'
import type { TypeInput } from './type-input.ts'

interface HandledInput extends Pick<TypeInput, 'month' | 'months' | 'points' | 'events' | 'ribbon'> {
  types: readonly string[]
  /** null: over all types. */
  interactionType: string | null
  size: { width: number; height: number }
}

/** Contacts by who handled them: what the AI sent alone, what a person approved, what people answered. */
export function handledChart(input: HandledInput): Chart {
  const { month, months, points, interactionType } = input
  const columns = months.map((at) => handledMonth(input, at))
  const totals = columns.map(totalOf)
  const at = months.indexOf(month)
  const [now, first] = [columns[at], columns[0]]
  const shareOf = (column: HandledMonth) =>
    totalOf(column) === 0 ? null : (column.ai + column.assisted) / totalOf(column)
  const labels: RightLabel[] = labelsOf(columns.findLast((column) => totalOf(column) > 0))
  const notes = [first, now].flatMap((column) => {
    const share = column === undefined ? null : shareOf(column)
    return column === undefined || share === null ? [] : [{ month: column.month, text: formatShare(share, 0) }]
  })
  return {
    id: 'handled',
    metric: 'ai_share',
    fileName: 'handled_by',
    facts: {
      columns: ['month', 'ai', 'ai_assisted', 'human', 'system', 'is_final'],
      rows: columns.map((of) => [of.month, of.ai, of.assisted, of.human, of.system, !of.isProvisional]),
    },
    title: finding(now, first, shareOf),
    text: now === undefined ? '' : reading(now),
    drawing:
      Math.max(...totals, 0) === 0
        ? null
        : drawHandledBy(
            {
              months,
              currentMonth: month,
              provisionalMonths: months.filter(points.isProvisional),
              axis: createValueAxis(
                totals.map((total) => total * 1.05),
                { fromZero: true, isWhole: true },
              ),
              columns,
              labels,
              notes: notes.filter((note, index) => notes.findIndex((one) => one.month === note.month) === index),
              events: input.events,
              ribbon: input.ribbon,
            },
            input.size,
          ),
    summary: columns.map((column) => column.text).join('. '),
    twin: {
      head: ['Month', 'AI alone', 'AI assisted', 'Human', 'System', 'AI took part'],
      rows: columns.map((column) => ({
        month: column.month,
        label: `${formatMonth(column.month)}${column.isProvisional ? ', provisional' : ''}`,
        cells: [
          ...(['ai', 'assisted', 'human', 'system'] as const).map((part) => ({
            text: formatCount(column[part]),
            href:
              part === 'system' || column[part] === 0
                ? null
                : rowsHref({
                    interactionType,
                    month: column.month,
                    metric: 'volume',
                    cohort: part === 'assisted' ? 'ai_assisted' : part,
                    part: 'numerator',
                    filter: points.filter,
                  }),
          })),
          { text: shareOf(column) === null ? '–' : formatShare(shareOf(column) ?? 0), href: null },
        ],
      })),
    },
  }
}

function handledMonth({ types, points, interactionType }: HandledInput, month: string): HandledMonth {
  const count = (cohort: 'all' | 'ai' | 'ai_assisted' | 'human') =>
    types.reduce((sum, type) => sum + points.count({ month, interactionType: type, metric: 'volume', cohort }), 0)
  const [ai, assisted, human] = [count('ai'), count('ai_assisted'), count('human')]
  const system = Math.max(count('all') - ai - assisted - human, 0)
  const isProvisional = points.isProvisional(month)
  return {
    month,
    ai,
    assisted,
    human,
    system,
    isProvisional,
    text: `${formatMonth(month)}: ${formatCount(ai)} by AI alone, ${formatCount(assisted)} assisted, ${formatCount(human)} by people${isProvisional ? ', provisional' : ''}`,
    href: rowsHref({
      interactionType,
      month,
      metric: 'volume',
      cohort: 'all',
      part: 'numerator',
      filter: points.filter,
    }),
  }
}

function totalOf(column: HandledMonth): number {
  return column.ai + column.assisted + column.human + column.system
}

/** Labels at the middle of each part of the last column; parts too thin to point at have none. */
function labelsOf(column: HandledMonth | undefined): RightLabel[] {
  if (column === undefined) return []
  const total = totalOf(column)
  let base = 0
  return (['ai', 'assisted', 'human', 'system'] as const).flatMap((part) => {
    const middle = base + column[part] / 2
    base += column[part]
    const text = { ai: 'AI alone', assisted: 'AI assisted', human: 'people', system: 'automatic' }[part]
    return column[part] <= total * 0.03 ? [] : [{ kind: 'series' as const, text, value: middle }]
  })
}

function finding(
  now: HandledMonth | undefined,
  first: HandledMonth | undefined,
  shareOf: (column: HandledMonth) => number | null,
): string {
  const share = now === undefined ? null : shareOf(now)
  if (now === undefined || share === null) return 'No contacts in this month.'
  const before = first === undefined || first.month === now.month ? null : shareOf(first)
  const said = `The AI takes part in ${formatShare(share, 0)}`
  if (before === null || first === undefined) return `${said} of contacts.`
  // As printed: a full count has no chance in it to allow for, and the first and last column carry these numbers.
  if (formatShare(before, 0) === formatShare(share, 0)) return `${said} of contacts, as in ${formatMonth(first.month)}.`
  return `${said} of contacts, ${share > before ? 'up' : 'down'} from ${formatShare(before, 0)} in ${formatMonth(first.month)}.`
}

function reading(now: HandledMonth): string {
  const total = totalOf(now)
  return `${monthName(now.month)}: ${formatCount(total)} contacts, ${formatCount(now.ai)} sent by AI without approval (${total === 0 ? '–' : formatShare(now.ai / total)}).`
}
