import { type ChartedMonth, controlCharts, minimumChartedMonths } from '#models/control-charts/control-chart.ts'
import { countOf, formatMonth, formatShare } from '#models/format-metric.ts'
import { type CsatScale, type MetricId, metrics } from '#models/metrics.ts'
import { type Month, parseMonth } from '#models/reporting-month.ts'
import type { ChartRule } from '#models/statistics/chart-signals.ts'
import { harmEValue } from '#models/statistics/e-values.ts'
import { effectiveCounts } from '#models/statistics/effective-counts.ts'
import { kishSize } from '#models/statistics/kish-size.ts'
import { stratifiedHarmEValue } from '#models/statistics/stratified-harm-e-value.ts'
import { stratifiedRate } from '#models/statistics/stratified-rate.ts'
import { csatAtOneMix } from '#models/warning-signs/csat-at-one-mix.ts'
import { csatDownAiUp } from '#models/warning-signs/csat-down-ai-up.ts'
import { channelCounts } from '../csat-mix.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult } from '../gate-result.ts'
import { type Pooled, pool } from '../pool.ts'
import { poolStrata } from '../pool-strata.ts'
import { asWeighted, errorsIn, formatLimit, monthList, monthSpan } from '../sentences.ts'
import type { TypeEvidence } from '../type-evidence.ts'

const watched = [
  'ai_error_rate',
  'csat_satisfied_rate',
  'repeat_contact_rate_48h',
  'unexpected_escalation_rate',
] as const satisfies readonly MetricId[]
const scales: readonly CsatScale[] = ['five_point', 'three_point', 'binary']
const ruleWords: Record<ChartRule, string> = {
  outside_limits: 'outside its limits',
  seven_point_trend: 'seven months in one direction',
  two_in_three: 'two of three months near the limit',
  seven_points_one_side: 'seven months on one side of the mean',
}

interface Series {
  metric: (typeof watched)[number]
  points: readonly ChartedMonth[]
}

/**
 * G6. No unfavourable signal open on the monthly series of error rate, CSAT, repeat contact and unexpected escalation:
 * control charts with the four rules of Making Data Count, and the combined alarm "CSAT falls while the AI does more", which is
 * the warning sign of that name (methods.md section 3). Counts open signals. A signal is open
 * while it touches one of the newest months. Fewer than six points of any series are inconclusive. Never fails; undefined
 * when the policy does not hold the gate.
 */
export function deteriorationGate(evidence: TypeEvidence): GateResult | undefined {
  const rules = evidence.policy.gates.G6
  if (rules === undefined) return undefined
  const gate = { gate: 'G6', label: 'Deterioration', unit: 'count', limit: 0 } as const
  const series = watched.map((metric) => seriesOf(evidence, metric))
  const signals = [
    ...series.flatMap((each) => openSignals(each, rules.openMonths, evidence.month)),
    ...divergence(evidence, rules.openMonths),
  ]
  const facts = { ...gate, value: signals.length, numerator: signals.length }
  if (signals.length > 0) {
    const said = `${countOf(signals.length, 'unfavourable signal')} open: ${signals.join('; ')}.`
    return gateResult(facts, 'inconclusive', said, 'It closes when the newest months no longer show it.')
  }
  const short = series.filter(
    ({ points }) => points.length < minimumChartedMonths || points.at(-1)?.month !== evidence.month,
  )
  if (short.length > 0) {
    const named = short.map(({ metric, points }) => `${metrics[metric].label} ${points.length}`).join(', ')
    const reason = `Signals need at least ${minimumChartedMonths} final months up to ${formatMonth(evidence.month)}; there are fewer of: ${named}.`
    return gateResult({ ...gate, value: null }, 'inconclusive', reason, 'Look again when there are more months.')
  }
  const months = Math.min(...series.map(({ points }) => points.length))
  const reason = `No unfavourable signal on error rate, CSAT, repeat contact and unexpected escalation over ${countOf(months, 'month')}.`
  return gateResult(facts, 'pass', reason)
}

/**
 * Why the reviews of the evidence month alone show harm, or null: the e-value against "the rate is within the limit" has
 * reached the policy's odds (methods.md section 2.3). It recommends a reduction.
 */
export function harmAlarm(evidence: TypeEvidence): string | null {
  const { errorLimit: limit, policy, month } = evidence
  const rules = policy.gates.G6
  if (rules === undefined || limit === null || limit >= 0.95) return null
  const counts = pool(evidence, [month], 'ai_error_rate')
  if (counts.denominator === 0 || counts.provisional.length > 0) return null
  const weighted = poolStrata(evidence, [month])
  // Reviews of strata of unknown size have no weight, and none of them may be left out.
  if (weighted !== null && weighted.unplacedCount > 0) return null
  const eValue =
    weighted === null
      ? harmEValue(counts.numerator, counts.denominator, limit)
      : stratifiedHarmEValue(weighted.strata, limit)
  if (eValue < rules.minimumHarmEValue) return null
  return `${errorsIn(counts.numerator, counts.denominator)} of ${formatMonth(month)} alone${asWeighted(weighted !== null)}: at least ${rules.minimumHarmEValue} to 1 that the rate is over the limit of ${formatLimit(limit)}.`
}

/** Final months with a value and the newest definition, oldest first, up to the evidence month. */
function seriesOf(evidence: TypeEvidence, metric: Series['metric']): Series {
  const scale = metric === 'csat_satisfied_rate' ? dominantScale(evidence) : null
  const all = evidence.months
    .filter((month) => month <= evidence.month)
    .map((month) => ({ month, counts: pool(evidence, [month], metric, 'ai_participated', scale) }))
    .filter(({ counts }) => counts.denominator > 0 && counts.provisional.length === 0)
    .map(({ month, counts }) => ({
      month,
      value: counts.numerator / counts.denominator,
      numerator: counts.numerator,
      denominator: counts.denominator,
      ...(metric === 'ai_error_rate' ? weightedMonth(evidence, month) : null),
      definitionVersion: counts.definitionVersions[0] ?? 0,
    }))
  const firstOfVersion = all.findLastIndex((one) => one.definitionVersion !== all.at(-1)?.definitionVersion) + 1
  return { metric, points: all.slice(firstOfVersion) }
}

/** The month as the chart of the page shows it where the random reviews have weights of their own, else null. */
function weightedMonth(evidence: TypeEvidence, month: Month) {
  const strata = poolStrata(evidence, [month])?.strata ?? []
  const rate = stratifiedRate(strata)?.rate
  return rate === undefined ? null : { value: rate, ...effectiveCounts(rate, kishSize(strata)) }
}

/** The combined alarm, raised at the end of one of the newest months; where the policy says so, at one mix of channels. */
function divergence(evidence: TypeEvidence, openMonths: number): string[] {
  const scale = dominantScale(evidence)
  const known = evidence.months
    .filter((month) => month <= evidence.month)
    .map((month) => ({
      month,
      csat: pool(evidence, [month], 'csat_satisfied_rate', 'ai_participated', scale),
      ai: pool(evidence, [month], 'ai_share', 'all'),
    }))
    .filter(({ csat, ai }) => csat.provisional.length === 0 && ai.provisional.length === 0)
  const comparable = sinceSeriesBreak(known)
  const atMix =
    evidence.policy.gates.G3.isMixStandardised === true
      ? csatAtOneMix(comparable.map(({ month }) => channelCounts(evidence, scale, [month])))
      : undefined
  const months = comparable.map(({ month, csat, ai }, index) => ({
    month,
    satisfied: atMix?.[index]?.k ?? csat.numerator,
    answers: atMix?.[index]?.n ?? csat.denominator,
    aiContacts: ai.numerator,
    contacts: ai.denominator,
  }))
  if (months.at(-1)?.month !== evidence.month) return []
  const open = Array.from({ length: Math.min(openMonths, months.length) }, (_, back) =>
    csatDownAiUp(months.slice(0, months.length - back)),
  ).find(({ isFired }) => isFired)?.evidence
  if (open == null) return []
  const { firstCsat, lastCsat, firstAi, lastAi } = open
  return [
    `CSAT falls from ${formatShare(firstCsat.rate)} to ${formatShare(lastCsat.rate)} while the AI share rises from ${formatShare(firstAi.rate, 0)} to ${formatShare(lastAi.rate, 0)} (${monthSpan([parseMonth(firstCsat.month), parseMonth(lastCsat.month)])})`,
  ]
}

/** The months at the end of which neither number is of another definition. */
function sinceSeriesBreak<M extends { csat: Pooled; ai: Pooled }>(months: readonly M[]): readonly M[] {
  const newest = (of: 'csat' | 'ai') => months.findLast((month) => month[of].months.length > 0)?.[of].definitionVersions
  const [csat, ai] = [newest('csat')?.[0], newest('ai')?.[0]]
  const broken = months.findLastIndex(
    (month) =>
      month.csat.definitionVersions.some((version) => version !== csat) ||
      month.ai.definitionVersions.some((version) => version !== ai),
  )
  return months.slice(broken + 1)
}

function dominantScale(evidence: TypeEvidence): CsatScale {
  const answers = (scale: CsatScale) =>
    pool(evidence, evidence.window, 'csat_satisfied_rate', 'ai_participated', scale).denominator
  return scales.reduce((most, next) => (answers(next) > answers(most) ? next : most))
}

function openSignals({ metric, points }: Series, openMonths: number, month: Month): string[] {
  if (points.at(-1)?.month !== month) return []
  const chart = controlCharts(metric, points).at(-1)
  const open = new Map<ChartRule, Month[]>()
  for (const point of chart?.points.slice(-openMonths) ?? []) {
    for (const { rule, isFavourable } of point.signals) {
      if (isFavourable === false) open.set(rule, [...(open.get(rule) ?? []), parseMonth(point.month)])
    }
  }
  return [...open].map(([rule, months]) => `${metrics[metric].label} ${ruleWords[rule]} (${monthList(months)})`)
}
