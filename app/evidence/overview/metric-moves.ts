import { formatCount, formatDay, formatMonth, formatShare, formatShareNumber } from '#models/format-metric.ts'
import { type Cohort, type MetricId, type MetricPoint, metrics } from '#models/metrics.ts'
import { monthEnd, monthStart, parseMonth } from '#models/reporting-month.ts'
import { effectiveCounts } from '#models/statistics/effective-counts.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import type { Comparison } from '../comparison/comparison.ts'
import type { PointIndex } from '../point-index.ts'
import { mainCsatScale } from '../pooled-counts.ts'
import { typeHref } from '../rows-href.ts'

/** A number of a type that moved beyond chance, for better or worse, and what happened in between. */
export interface MetricMove {
  interactionType: string
  isBetter: boolean
  word: string
  text: string
  /** Changes in between: they came before, which does not make them the cause. Null: none is known. */
  since: string | null
  href: string
}

interface Explanation {
  at: Date
  /** null: of every type. */
  interactionType: string | null
  text: string
}

interface MetricMovesInput {
  month: string
  types: readonly string[]
  points: PointIndex
  comparison: Comparison
  /** Changes of model, prompt, knowledge or routing, and changes of level. */
  explanations: readonly Explanation[]
  timeZone: string
}

interface Watched {
  metric: MetricId
  cohort: Cohort
  name: string
  word: string
  anchor: string
}

const cohort = 'ai_participated'
const watched: readonly Watched[] = [
  { metric: 'ai_error_rate', cohort, name: 'AI error rate', word: 'Error rate', anchor: '' },
  { metric: 'csat_satisfied_rate', cohort, name: 'CSAT of AI contacts', word: 'CSAT', anchor: '#csat' },
  {
    metric: 'repeat_contact_rate_48h',
    cohort,
    name: 'Repeat contact within 48 h',
    word: 'Repeat contact',
    anchor: '#repeat',
  },
  {
    metric: 'unexpected_escalation_rate',
    cohort,
    name: 'Unexpected escalation',
    word: 'Escalations',
    anchor: '#escalation',
  },
  { metric: 'durable_resolution_rate', cohort, name: 'Durable resolution', word: 'Durable resolution', anchor: '' },
]

/** One-sided error over all types and metrics together, shared out evenly: many are looked at, and chance moves some. */
const alphaOverAll = 0.025
/** A move smaller than this is not worth a line, however sure it is. */
const leastMove = 0.01
/** Durable resolution is not compared where the share sent alone moved by more. */
const mostSentAloneMoved = 0.05

/** What moved beyond chance against the comparison: the largest moves first, better and worse alike. */
export function metricMoves(input: MetricMovesInput): MetricMove[] {
  const { types, comparison } = input
  if (comparison.refusal !== null) return []
  const alpha = alphaOverAll / Math.max(types.length * watched.length * 2, 1)
  return types
    .flatMap((interactionType) => watched.flatMap((one) => moveOf(input, interactionType, one, alpha) ?? []))
    .sort((a, b) => b.size - a.size)
    .map(({ size: _size, ...move }) => move)
}

function moveOf(
  { month, points, comparison, explanations, timeZone }: MetricMovesInput,
  interactionType: string,
  { metric, cohort, name, word, anchor }: Watched,
  alpha: number,
): (MetricMove & { size: number }) | null {
  const base = comparison.baseOf(interactionType)
  if (base === null || comparison.breakOf(metric, interactionType) !== null) return null
  const scale =
    metric === 'csat_satisfied_rate' ? mainCsatScale(points, { months: [month], types: [interactionType] }) : null
  const [now, before] = [month, base].map((at) => points.find({ interactionType, month: at, metric, cohort, scale }))
  const least = Math.max(metrics[metric].minimumSample, 30)
  if (now === undefined || before === undefined || Math.min(now.denominator, before.denominator) < least) return null
  if (metric === 'durable_resolution_rate' && isSentAloneMoved(points, interactionType, month, base)) return null
  const { difference, lower, upper } = newcombeDifference(...countsOf(now), ...countsOf(before), alpha)
  if ((lower <= 0 && upper >= 0) || Math.abs(difference) < leastMove) return null
  const isUp = difference > 0
  const isBetter = isUp === (metrics[metric].better === 'higher')
  const between = explanations.filter(
    (one) =>
      (one.interactionType === null || one.interactionType === interactionType) &&
      one.at >= monthStart(base, timeZone) &&
      one.at < monthEnd(parseMonth(month), timeZone),
  )
  return {
    interactionType,
    isBetter,
    word: `${word} ${isUp ? 'up' : 'down'}`,
    text: `${name} went from ${formatShareNumber(before.value ?? 0)} to ${formatShare(now.value ?? 0)} since ${formatMonth(base)} (${formatCount(now.numerator)} of ${formatCount(now.denominator)}), beyond chance: ${formatShareNumber(Math.min(Math.abs(lower), Math.abs(upper)))} to ${formatShareNumber(Math.max(Math.abs(lower), Math.abs(upper)))}\u202fpp ${isUp ? 'more' : 'less'}.`,
    since:
      between.length === 0
        ? null
        : `In between: ${between.map(({ text, at }) => `${text} (${formatDay(at, timeZone)})`).join('; ')}.`,
    href: `${typeHref(interactionType, month, points.filter)}${anchor}`,
    size: Math.abs(difference),
  }
}

/**
 * Whether another part of the AI's contacts goes out alone than did. An answer that a person approved is never durable,
 * so durable resolution then follows the level, or creep beyond it, and says nothing of the answers.
 */
function isSentAloneMoved(points: PointIndex, interactionType: string, month: string, base: string): boolean {
  const [now, before] = [month, base].map((at) => {
    const [alone, assisted] = (['ai', 'ai_assisted'] as const).map((cohort) =>
      points.count({ interactionType, month: at, metric: 'volume', cohort }),
    ) as [number, number]
    return alone / Math.max(1, alone + assisted)
  }) as [number, number]
  return Math.abs(now - before) > mostSentAloneMoved
}

/** Counts to compare by: of weighted reviews so many of equal weight as tell as much. */
function countsOf({ numerator, denominator, value, effectiveSize }: MetricPoint): [number, number] {
  if (effectiveSize === null || value === null) return [numerator, denominator]
  const counts = effectiveCounts(value, effectiveSize)
  return [counts.numerator, counts.denominator]
}
