import type { GateResult } from '#governance/evaluate/evaluation.ts'
import { formatDifference, formatShare } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { drawRateTrend } from '../../charts/draw-chart.server.tsx'
import type { MonthPoint } from '../../charts/month-point.ts'
import type { RightLabel } from '../../charts/right-labels.tsx'
import { createValueAxis } from '../../charts/value-axis.ts'
import { isNarrowed } from '../filter/evidence-filter.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { csatScaleWords, mainCsatScale } from '../pooled-counts.ts'
import type { Chart } from './chart-view.ts'
import { halvesFinding } from './halves-finding.ts'
import { monthSeries, type SeriesKey, seriesFacts, seriesSummary, seriesTwin } from './month-series.ts'
import { gateOf, provisionalMonths, type TypeInput } from './type-input.ts'

const size = { width: 420, height: 210 }
const leastComparison = 4

type Findings = Readonly<Record<GateResult['verdict'], (difference: string) => string>>

const csatFindings: Findings = {
  fail: (difference) => `CSAT lies ${difference} below its reference.`,
  pass: () => 'CSAT holds against its reference.',
  inconclusive: () => 'CSAT may have fallen against its reference: the answers do not settle it.',
}
const repeatFindings: Findings = {
  fail: (difference) => `Repeat contact lies ${difference} above its reference.`,
  pass: () => 'Repeat contact is no worse than its reference.',
  inconclusive: () => 'Repeat contact may have risen against its reference: the contacts do not settle it.',
}

/** The gate's verdict as a sentence; null where it compared nothing. */
function gateFinding(gate: GateResult | undefined, findings: Findings): string | null {
  if (gate === undefined || gate.value === null || gate.referenceDenominator === null) return null
  return findings[gate.verdict](formatDifference(Math.abs(gate.value)).replace('+', ''))
}

/** CSAT of AI contacts by month, human contacts beside them, and the reference that the gate compares with. */
export function csatChart(input: TypeInput): Chart {
  const { interactionType, months, points } = input
  const scale = mainCsatScale(points, { months, types: [interactionType] })
  const key: SeriesKey = { interactionType, metric: 'csat_satisfied_rate', cohort: 'ai_participated', scale }
  const gate = gateOf(input, 'G3')
  const reference = referenceOf(gate)
  const finding = halvesFinding(input, key, 'CSAT of AI contacts')
  const scaleText = scale === null ? '' : ` Scale of ${csatScaleWords[scale]}.`
  return rateChart(input, {
    id: 'csat',
    key,
    human: { ...key, cohort: 'human' },
    reference,
    limit: reference === null ? null : reference - input.policy.gates.G3.marginShare,
    title: gateFinding(gate, csatFindings) ?? finding?.title ?? 'CSAT by month.',
    text: `${gate === undefined || gate.denominator === null ? (finding?.text ?? '') : gate.reason}${scaleText}`,
    none: 'No survey of an AI contact was answered in these months.',
    needed: `${metrics.csat_satisfied_rate.minimumSample} answers`,
    head: { value: 'Satisfied', count: 'Satisfied of answered' },
  })
}

/** Repeat contact of AI contacts within 48 hours, and the most that the gate allows over its reference. */
export function repeatChart(input: TypeInput): Chart {
  const key: SeriesKey = {
    interactionType: input.interactionType,
    metric: 'repeat_contact_rate_48h',
    cohort: 'ai_participated',
  }
  const gate = gateOf(input, 'G4')
  const reference = referenceOf(gate)
  const finding = halvesFinding(input, key, 'Repeat contact')
  return rateChart(input, {
    id: 'repeat',
    key,
    human: { ...key, cohort: 'human' },
    reference,
    limit: reference === null ? null : reference + input.policy.gates.G4.marginShare,
    title: gateFinding(gate, repeatFindings) ?? finding?.title ?? 'Repeat contact within 48 h by month.',
    text: `${gate === undefined || gate.denominator === null ? (finding?.text ?? '') : gate.reason}`,
    none: 'No matured AI contact names its customer, so repeat contact cannot be seen.',
    needed: 'a matured contact with a known customer',
    head: { value: 'Repeat 48 h', count: 'Repeats of contacts' },
  })
}

/** Mean QA score by month against the least that the gate asks. */
export function qaScoreChart(input: TypeInput): Chart {
  const { interactionType, months, month, points, policy } = input
  const key: SeriesKey = { interactionType, metric: 'qa_score', cohort: 'ai_participated' }
  const series = monthSeries(points, months, key)
  const gate = gateOf(input, 'G2')
  // Set for all contacts of a type.
  const minimum = isNarrowed(points.filter) ? null : policy.gates.G2.minimumScore
  const values = series.flatMap((point) =>
    point.value === null ? [] : [point.value, point.lower ?? point.value, point.upper ?? point.value],
  )
  const words = {
    pass: 'shown to be at least',
    fail: 'shown to be under',
    inconclusive: 'not told apart from',
  } as const
  return {
    id: 'score',
    metric: 'qa_score',
    fileName: 'qa_score',
    title:
      values.length === 0
        ? noneShown(input, key, 'Reviews of these months carry no score.')
        : gate === undefined || gate.value === null
          ? 'QA score by month.'
          : `QA score is ${words[gate.verdict]} ${minimum}.`,
    text: values.length === 0 ? '' : (gate?.reason ?? ''),
    drawing:
      values.length === 0
        ? null
        : drawRateTrend(
            {
              months,
              currentMonth: month,
              provisionalMonths: provisionalMonths(input),
              axis: createValueAxis([...values, ...(minimum === null ? [] : [minimum])], { least: 0, most: 100 }),
              points: series,
              comparison: [],
              isLine: true,
              lines: minimum === null ? [] : [{ kind: 'limit', value: minimum }],
              bands: [],
              labels: minimum === null ? [] : [{ kind: 'limit', text: `at least ${minimum}`, value: minimum }],
              events: input.events,
              ribbon: input.ribbon,
            },
            'points',
            size,
          ),
    summary: seriesSummary(points, months, key),
    twin: seriesTwin(points, months, key, { value: 'QA score', count: 'Scored reviews' }),
    facts: seriesFacts(points, months, [key]),
  }
}

interface RateChartParts {
  id: string
  key: SeriesKey
  human: SeriesKey
  reference: number | null
  limit: number | null
  title: string
  text: string
  none: string
  /** What a month needs for a rate. */
  needed: string
  head: { value: string; count: string }
}

function rateChart(input: TypeInput, parts: RateChartParts): Chart {
  const { months, month, points } = input
  const { key, reference, limit } = parts
  const series = monthSeries(points, months, key)
  const people = monthSeries(points, months, parts.human)
  // A point or two beside a line compare nothing.
  const human = people.filter((point) => point.value !== null).length < leastComparison ? [] : people
  const spread = [...series.flatMap(reachOf), ...human.flatMap((point) => point.value ?? [])]
  const isMeasured = series.some((point) => point.value !== null)
  const labels: RightLabel[] = []
  if (limit !== null) labels.push({ kind: 'limit', text: `limit ${formatShare(limit)}`, value: limit })
  if (reference !== null) labels.push({ kind: 'note', text: `then ${formatShare(reference)}`, value: reference })
  const lastHuman = human.findLast((point) => point.value !== null)?.value ?? null
  if (isMeasured && lastHuman !== null) labels.push({ kind: 'series', text: 'people', value: lastHuman })
  return {
    id: parts.id,
    metric: key.metric,
    fileName: key.metric,
    title: isMeasured ? parts.title : noneShown(input, key, parts.none),
    text: isMeasured ? `${parts.text} ${peopleText(human, parts.needed)}`.trim() : '',
    drawing: isMeasured
      ? drawRateTrend(
          {
            months,
            currentMonth: month,
            provisionalMonths: provisionalMonths(input),
            axis: createValueAxis(
              [...spread, ...(limit === null ? [] : [limit]), ...(reference === null ? [] : [reference])],
              {
                least: 0,
                most: 1,
              },
            ),
            points: series,
            comparison: human,
            isLine: true,
            lines: [
              ...(reference === null ? [] : [{ kind: 'centre' as const, value: reference }]),
              ...(limit === null ? [] : [{ kind: 'limit' as const, value: limit }]),
            ],
            bands: [],
            labels,
            events: input.events,
            ribbon: input.ribbon,
          },
          'share',
          size,
        )
      : null,
    summary: seriesSummary(points, months, key),
    twin: seriesTwin(points, months, key, parts.head),
    facts: seriesFacts(points, months, [key, parts.human]),
  }
}

/** What is drawn of the contacts of people, or why nothing is. */
function peopleText(human: readonly MonthPoint[], needed: string): string {
  return human.length > 0
    ? 'Grey: contacts of people.'
    : `Contacts of people are not drawn: fewer than ${leastComparison} months have ${needed} of theirs.`
}

/** Why no month shows a value: none has any, or each has too few. */
function noneShown({ months, points }: TypeInput, key: SeriesKey, none: string): string {
  const isSeen = months.some((month) => (points.find({ ...key, month })?.denominator ?? 0) > 0)
  const { label, minimumSample } = metrics[key.metric]
  if (isSeen) return `${label} is not shown: no month has the ${minimumSample} that it is shown from.`
  const unseen = noAiContact(points, { interactionType: key.interactionType, months })
  return unseen === null ? none : `${unseen}.`
}

function reachOf(point: MonthPoint): number[] {
  return point.value === null ? [] : [point.value, point.lower ?? point.value, point.upper ?? point.value]
}

function referenceOf(gate: ReturnType<typeof gateOf>): number | null {
  if (gate === undefined || gate.referenceNumerator === null || gate.referenceDenominator === null) return null
  return gate.referenceDenominator === 0 ? null : gate.referenceNumerator / gate.referenceDenominator
}
