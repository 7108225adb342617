import { formatLimit, monthSpan } from '#governance/evaluate/sentences.ts'
import {
  countOf,
  formatCount,
  formatMonth,
  formatPoints,
  formatShare,
  formatShareInterval,
  monthName,
} from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { daysInMonth, monthsEndingWith, parseMonth } from '#models/reporting-month.ts'
import { isNarrowed } from '../filter/evidence-filter.ts'
import type { Lead } from '../overview-lead.ts'
import { aiContactsOf, pooledErrorRate } from '../pooled-error-rate.ts'
import { warnOfAutomationCreep } from '../warnings/automation-creep.ts'
import { warnOfCsatDownAiUp } from '../warnings/csat-down-ai-up.ts'
import { runStart } from '../warnings/run-start.ts'
import { gateOf, type TypeInput } from './type-input.ts'

/** The sentence first: how often the AI is wrong and how sure that is; then what else moved and what it costs. */
export function typeLead(input: TypeInput): Lead {
  return {
    strong: errorSentence(input),
    rest: [monthAlone(input), ...others(input), perDay(input)].filter(Boolean).join(' '),
  }
}

function pooledErrors(input: TypeInput) {
  const { interactionType, month, points, policy } = input
  const months = monthsEndingWith(parseMonth(month), policy.windowMonths)
  return { months, ...pooledErrorRate(points, { interactionType, months, gate: gateOf(input, 'G1') }) }
}

function errorSentence(input: TypeInput): string {
  const { points, month, interactionType } = input
  const volume = points.count({ interactionType, month, metric: 'volume', cohort: 'all' })
  if (volume === 0) {
    const last = input.months.findLast(
      (at) => points.count({ interactionType, month: at, metric: 'volume', cohort: 'all' }) > 0,
    )
    return `No contacts in ${formatMonth(month)}${last === undefined ? '' : `; the last ones came in ${formatMonth(last)}`}.`
  }
  if (aiContactsOf(points, { interactionType, month }) === 0)
    return `People handled all ${countOf(volume, 'contact')} of ${monthName(month)}; the AI took no part.`
  const { numerator, denominator, months, estimate } = pooledErrors(input)
  const span = monthSpan(months)
  if (estimate === null) return `No random review was completed in ${span}, so the error rate is unknown.`
  if (denominator < metrics.ai_error_rate.minimumSample) {
    return `The error rate is unknown: ${countOf(denominator, 'random review')} in ${span}, ${formatCount(numerator)} with an error. A rate is shown from ${metrics.ai_error_rate.minimumSample}.`
  }
  const { value: rate, lower, upper, isWeighted } = estimate
  const said = `Error rate ${formatShare(rate)} (${formatShareInterval(lower, upper)}${isWeighted ? ', weighted by stratum' : ''}) in ${span}`
  const limit = gateOf(input, 'G1')?.limit ?? null
  if (limit === null) return isNarrowed(points.filter) ? `${said}.` : `${said}; no limit is set.`
  if (rate > limit) {
    const start = runStart(input.closedMonths, (at) => {
      const point = points.find({ interactionType, month: at, metric: 'ai_error_rate', cohort: 'ai_participated' })
      return (point?.value ?? 0) > limit
    })
    const since = start === undefined || start === month ? '' : ` since ${formatMonth(start)}`
    return `${said}, over the ${formatLimit(limit)} limit${since}.`
  }
  const isShown = gateOf(input, 'G1')?.verdict === 'pass'
  return isShown
    ? `${said}, within the ${formatLimit(limit)} limit.`
    : `${said} against a limit of ${formatLimit(limit)}: not shown to be within it.`
}

function monthAlone(input: TypeInput): string {
  const { interactionType, month, points } = input
  const gate = gateOf(input, 'G1')
  const point = points.find({ interactionType, month, metric: 'ai_error_rate', cohort: 'ai_participated' })
  if (gate?.verdict !== 'fail' || point?.value == null || point.lower === null || point.upper === null) return ''
  return `${monthName(month)} alone is ${formatShare(point.value)} (${formatShareInterval(point.lower, point.upper)}), so the failure is shown, not suspected.`
}

/** Warning signs speak of all contacts, so a part of them has none. */
function others(input: TypeInput): string[] {
  if (isNarrowed(input.points.filter)) return []
  return [warnOfCsatDownAiUp, warnOfAutomationCreep].flatMap((check) => check(input)?.text ?? [])
}

/** What the rate means at this volume: errors a day among what the AI sends alone. */
function perDay(input: TypeInput): string {
  const { interactionType, month, points } = input
  const alone = points.count({ interactionType, month, metric: 'volume', cohort: 'ai' })
  const { denominator, estimate } = pooledErrors(input)
  if (alone === 0 || estimate === null || denominator < metrics.ai_error_rate.minimumSample) return ''
  const { value, lower, upper } = estimate
  const daily = alone / daysInMonth(parseMonth(month))
  const say = (share: number) => formatPoints(share * daily, share * daily < 10 ? 1 : 0)
  return `At ${countOf(alone, 'contact')} sent without approval that is ${say(value)} wrong answers a day (${say(lower)} to ${say(upper)}).`
}
