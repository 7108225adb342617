import type { TypeEvaluation, TypeStanding } from '#governance/evaluate/evaluation.ts'
import { formatLimit } from '#governance/evaluate/sentences.ts'
import { formatCount, formatMonth, formatShare, formatShareInterval, formatShareNumber } from '#models/format-metric.ts'
import { type Cohort, type CsatScale, type MetricId, metrics } from '#models/metrics.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { Comparison } from './comparison/comparison.ts'
import { isNarrowed } from './filter/evidence-filter.ts'
import { noAiContact } from './no-ai-contact.ts'
import type { PointIndex } from './point-index.ts'
import { mainCsatScale } from './pooled-counts.ts'
import { pooledErrorRate } from './pooled-error-rate.ts'
import { rowsHref, typeHref } from './rows-href.ts'
import { type TypeStatus, typeStatus } from './type-status.ts'

/** A number in a cell with its rows; text null means not measured, and why says so. */
export interface NumberCell {
  text: string | null
  /** Sorted by; null where the text is no value. */
  value: number | null
  why: string | null
  href: string | null
  /** Beyond chance against the month before; null when it cannot be told apart, or is not compared. */
  change: { direction: 'up' | 'down'; isWorse: boolean; text: string } | null
}

/** The error rate of a type: a drawing with its interval, or only counts, or the reason for neither. */
export type ErrorCell =
  | {
      kind: 'rate'
      value: number
      lower: number
      upper: number
      limit: number | null
      bandFrom: number | null
      bandThrough: number | null
      rateText: string
      intervalText: string
      limitText: string | null
      countText: string
      href: string
      label: string
    }
  | { kind: 'counts'; why: string; countText: string; href: string }
  | { kind: 'none'; why: string }

export interface TypeRow {
  interactionType: string
  href: string
  level: OversightLevel | null
  ceiling: OversightLevel | null
  isRegistered: boolean
  contacts: NumberCell
  aiShare: NumberCell
  error: ErrorCell
  csat: NumberCell
  repeat: NumberCell
  escalation: NumberCell
  status: TypeStatus
  decision: { text: string; href: string | null }
}

export interface TypeRowInput {
  interactionType: string
  month: string
  comparison: Comparison
  /** Months pooled for the error rate, ending with the month. */
  window: readonly string[]
  /** Of the filtered contacts; the status speaks of all. */
  points: PointIndex
  allPoints: PointIndex
  standing: TypeStanding | undefined
  evaluation: TypeEvaluation | undefined
  decision: { text: string; href: string | null }
}

export function buildTypeRow(input: TypeRowInput): TypeRow {
  const { interactionType, month, points, standing } = input
  const scale = mainCsatScale(points, { months: [month], types: [interactionType] })
  const volume = points.count({ interactionType, month, metric: 'volume', cohort: 'all' })
  return {
    interactionType,
    href: typeHref(interactionType, month, points.filter, input.comparison.kind),
    level: standing?.level ?? null,
    ceiling: standing?.ceiling ?? null,
    isRegistered: standing?.isRegistered ?? false,
    contacts: {
      text: formatCount(volume),
      value: volume,
      why: null,
      href: rowsHref({
        interactionType,
        month,
        metric: 'volume',
        cohort: 'all',
        part: 'numerator',
        filter: points.filter,
      }),
      change: null,
    },
    aiShare: rateCell(input, 'ai_share', 'all', null, 'No contacts', 0),
    error: errorCell(input),
    csat: rateCell(input, 'csat_satisfied_rate', 'ai_participated', scale, 'No answered survey'),
    repeat: rateCell(
      input,
      'repeat_contact_rate_48h',
      'ai_participated',
      null,
      'No matured AI contact with a known customer',
    ),
    escalation: rateCell(input, 'unexpected_escalation_rate', 'ai_participated', null, 'Not known whether expected'),
    status: typeStatus({ ...input, points: input.allPoints }),
    decision: input.decision,
  }
}

function rateCell(
  input: TypeRowInput,
  metric: MetricId,
  cohort: Cohort,
  scale: CsatScale | null,
  whyNone: string,
  digits: 0 | 1 = 1,
): NumberCell {
  const { interactionType, month, points, comparison } = input
  const point = points.find({ interactionType, month, metric, cohort, scale })
  if (point === undefined || point.value === null) {
    const unseen = cohort === 'ai_participated' ? noAiContact(points, { interactionType, months: [month] }) : null
    return { text: null, value: null, why: unseen ?? whyNone, href: null, change: null }
  }
  const href = rowsHref({ interactionType, month, metric, cohort, scale, part: 'denominator', filter: points.filter })
  const minimum = metrics[metric].minimumSample
  if (point.denominator < minimum) {
    return {
      text: `${formatCount(point.numerator)} of ${formatCount(point.denominator)}`,
      value: null,
      why: `A rate is shown from ${minimum}`,
      href,
      change: null,
    }
  }
  const base = comparison.breakOf(metric, interactionType) === null ? comparison.baseOf(interactionType) : null
  const before =
    base === null || metrics[metric].interval === 'none'
      ? undefined
      : points.find({ interactionType, month: base, metric, cohort, scale })
  const change = before === undefined || before.denominator < minimum ? null : changeOf(point, before, metric)
  return { text: formatShareNumber(point.value, digits), value: point.value, why: null, href, change }
}

interface Counts {
  numerator: number
  denominator: number
  month: string
}

function changeOf(now: Counts, before: Counts, metric: MetricId): NumberCell['change'] {
  if (now.denominator === 0 || before.denominator === 0) return null
  const { lower, upper } = newcombeDifference(
    now.numerator,
    now.denominator,
    before.numerator,
    before.denominator,
    0.025,
  )
  if (lower <= 0 && upper >= 0) return null
  const direction = lower > 0 ? 'up' : 'down'
  const better = metrics[metric].better
  const isWorse = (direction === 'up' && better === 'lower') || (direction === 'down' && better === 'higher')
  const was = formatShare(before.numerator / before.denominator)
  return { direction, isWorse, text: `${direction} from ${was} in ${formatMonth(before.month)}, beyond chance` }
}

function errorCell({ interactionType, month, window, points, evaluation }: TypeRowInput): ErrorCell {
  const key = { metric: 'ai_error_rate', cohort: 'ai_participated' } as const
  // A limit is set for all contacts of a type: some of them are neither within nor over it.
  const isPart = isNarrowed(points.filter)
  const gate = isPart ? undefined : evaluation?.gates.find((result) => result.gate === 'G1')
  const { numerator, denominator, estimate } = pooledErrorRate(points, { interactionType, months: window, gate })
  if (estimate === null) {
    const unseen = noAiContact(points, { interactionType, months: window })
    return { kind: 'none', why: unseen ?? 'No random review, so the rate is unknown' }
  }
  const href = rowsHref({
    interactionType,
    month,
    months: window.length,
    ...key,
    part: 'denominator',
    filter: points.filter,
  })
  const countText = `${formatCount(numerator)} of ${formatCount(denominator)}${estimate.isWeighted ? ', weighted' : ''}`
  const minimum = metrics.ai_error_rate.minimumSample
  if (denominator < minimum) {
    return { kind: 'counts', why: `Rate shown from ${minimum} random reviews`, countText, href }
  }
  const limit = gate?.limit ?? null
  const { value, lower, upper } = estimate
  const rateText = formatShare(value)
  const intervalText = formatShareInterval(lower, upper)
  const limitText = limit === null ? null : `limit ${formatLimit(limit)}`
  return {
    kind: 'rate',
    value,
    lower,
    upper,
    limit,
    bandFrom: gate?.inconclusiveFrom ?? null,
    bandThrough: gate?.inconclusiveTo ?? null,
    rateText,
    intervalText,
    limitText,
    countText,
    href,
    label: `${rateText}, 95\u202f% interval ${intervalText}${limitText === null ? (isPart ? '' : ', no limit set') : `, ${limitText}`}, ${countText} reviews`,
  }
}
