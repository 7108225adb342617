import { type CsatScale, type MetricId, type MetricPoint, metrics } from '#models/metrics.ts'
import { addMonths, type Month, monthOf, monthsEndingWith, parseMonth } from '#models/reporting-month.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import type { Policy } from '../policy/policy.ts'
import type { TypeMonth } from './evaluation.ts'

/** What became of a number, or of all of them together. */
export type FollowVerdict = 'better' | 'not_worse' | 'worse' | 'not_yet_known' | 'not_enough_data'

const followDays = [30, 60, 90] as const
type FollowDay = (typeof followDays)[number]

const followedMetrics = [
  'ai_error_rate',
  'repeat_contact_rate_48h',
  'unexpected_escalation_rate',
  'csat_satisfied_rate',
] as const satisfies readonly MetricId[]
type FollowedMetric = (typeof followedMetrics)[number]

export interface MetricFollowUp {
  metric: FollowedMetric
  /** The CSAT scale compared; null for the others. */
  scale: CsatScale | null
  verdict: FollowVerdict
  /** Shares before and after; null where nothing was counted. */
  before: number | null
  after: number | null
  /** After minus before with its two-sided 95 % interval; null where it cannot be told. */
  difference: number | null
  lower: number | null
  upper: number | null
  beforeCount: number
  afterCount: number
}

export interface FollowUp {
  days: FollowDay
  /** Full months after the decision whose numbers are pooled. */
  months: readonly Month[]
  /** Months before the decision that they are compared with. */
  baseline: readonly Month[]
  verdict: FollowVerdict
  metrics: readonly MetricFollowUp[]
}

export interface FollowedDecision {
  /** Evidence month of a cycle decision; null for others. */
  month: string | null
  effectiveAt: Date
}

/** One-sided level of the bounds that tell better from worse. */
const alpha = 0.05
/** An error rate that is this much higher is worse; the other margins are those of the policy's gates. */
const errorMargin = 0.02
/** Months of the baseline; those of the evidence for a cycle decision. */
const baselineMonths = 3
const scales: readonly CsatScale[] = ['five_point', 'three_point', 'binary']

/**
 * Follows one decision at 30, 60 and 90 days: the one, two and three full months after the month in which it took
 * effect, pooled, against the three months up to its evidence (without evidence, before it took effect). Worse: the
 * rate moved the wrong way by more than the margin and the 95 % bound excludes none at all; better: the bound lies
 * beyond no difference; not worse: the bound lies within the margin (Newcombe). Together: worse if anything is, not
 * enough data while a number that is measured cannot be told. Pure; months that are not final yet are not yet known.
 */
export function followDecision(
  decision: FollowedDecision,
  history: readonly TypeMonth[],
  context: { knownThrough: string | null; reportingTimeZone: string; policy: Pick<Policy, 'gates'> },
): FollowUp[] {
  const effective = monthOf(decision.effectiveAt, context.reportingTimeZone)
  const before = monthsEndingWith(
    decision.month === null ? addMonths(effective, -1) : parseMonth(decision.month),
    baselineMonths,
  )
  const { G3, G4, G5 } = context.policy.gates
  const margins: Record<FollowedMetric, number> = {
    ai_error_rate: errorMargin,
    repeat_contact_rate_48h: G4.marginShare,
    unexpected_escalation_rate: G5.marginShare,
    csat_satisfied_rate: G3.marginShare,
  }
  return followDays.map((days, index): FollowUp => {
    const after = Array.from({ length: index + 1 }, (_, step) => addMonths(effective, step + 1))
    const last = after.at(-1) ?? effective
    const isKnown = context.knownThrough !== null && last <= context.knownThrough
    const followed = followedMetrics.map((metric) => compare(metric, margins[metric], history, before, after, isKnown))
    return {
      days,
      months: after,
      baseline: before,
      verdict: isKnown ? together(followed) : 'not_yet_known',
      metrics: followed,
    }
  })
}

function compare(
  metric: FollowedMetric,
  margin: number,
  history: readonly TypeMonth[],
  before: readonly Month[],
  after: readonly Month[],
  isKnown: boolean,
): MetricFollowUp {
  const scale = metric === 'csat_satisfied_rate' ? mostAnswered(history, [...before, ...after]) : null
  const past = count(history, before, metric, scale)
  const now = isKnown ? count(history, after, metric, scale) : { k: 0, n: 0, versions: [] }
  const counts = {
    metric,
    scale,
    before: past.n === 0 ? null : past.k / past.n,
    after: now.n === 0 ? null : now.k / now.n,
    beforeCount: past.n,
    afterCount: now.n,
  }
  const unknown = { ...counts, difference: null, lower: null, upper: null }
  if (!isKnown) return { ...unknown, verdict: 'not_yet_known' }
  const versions = new Set([...past.versions, ...now.versions])
  if (past.n === 0 || now.n === 0 || versions.size > 1) return { ...unknown, verdict: 'not_enough_data' }
  const { difference, lower, upper } = newcombeDifference(now.k, now.n, past.k, past.n, alpha)
  const shown = newcombeDifference(now.k, now.n, past.k, past.n, 0.025)
  // Turned so that up is worse.
  const [worst, best, moved] =
    metrics[metric].better === 'higher' ? [-lower, -upper, -difference] : [upper, lower, difference]
  const verdict =
    best > 0 && moved > margin ? 'worse' : worst < 0 ? 'better' : worst < margin ? 'not_worse' : 'not_enough_data'
  return { ...counts, verdict, difference, lower: shown.lower, upper: shown.upper }
}

function together(followed: readonly MetricFollowUp[]): FollowVerdict {
  const measured = followed.filter(({ beforeCount, afterCount }) => beforeCount > 0 || afterCount > 0)
  const has = (verdict: FollowVerdict) => measured.some((each) => each.verdict === verdict)
  if (has('worse')) return 'worse'
  if (measured.length === 0 || has('not_enough_data')) return 'not_enough_data'
  return has('better') ? 'better' : 'not_worse'
}

function count(history: readonly TypeMonth[], months: readonly Month[], metric: MetricId, scale: CsatScale | null) {
  const points = history
    .filter(({ month }) => (months as readonly string[]).includes(month))
    .flatMap((typeMonth) => typeMonth.points.filter((point) => isOf(point, metric, scale)))
    .filter(({ numerator: k, denominator: n }) => Number.isSafeInteger(n) && n > 0 && k >= 0 && k <= n)
  return {
    k: points.reduce((sum, point) => sum + point.numerator, 0),
    n: points.reduce((sum, point) => sum + point.denominator, 0),
    versions: points.map((point) => point.definitionVersion),
  }
}

function isOf(point: MetricPoint, metric: MetricId, scale: CsatScale | null): boolean {
  return point.metric === metric && point.cohort === 'ai_participated' && point.scale === scale
}

/** Scales are never mixed. */
function mostAnswered(history: readonly TypeMonth[], months: readonly Month[]): CsatScale {
  const answers = (scale: CsatScale) => count(history, months, 'csat_satisfied_rate', scale).n
  return scales.reduce((most, next) => (answers(next) > answers(most) ? next : most))
}

/** How often the room was right. */
export interface HitRate {
  hits: number
  /** Decisions whose 90 days can be told. */
  told: number
  /** Followed for 90 days, yet without the numbers to tell. */
  untold: number
  /** Whose 90 days are not final yet. */
  open: number
  share: number | null
  /** Two-sided 95 % interval (Wilson). */
  lower: number | null
  upper: number | null
}

/**
 * The share of decisions that 90 days later are not worse, among those where that can be told. Strict: one number that
 * is surely worse is enough for worse, while all have to be sure for not worse, so `untold` belongs beside it.
 */
export function hitRate(followUps: readonly (readonly FollowUp[])[]): HitRate {
  const verdicts = followUps.flatMap((followed) => followed.find(({ days }) => days === 90)?.verdict ?? [])
  const hits = verdicts.filter((verdict) => verdict === 'better' || verdict === 'not_worse').length
  const told = hits + verdicts.filter((verdict) => verdict === 'worse').length
  const untold = verdicts.filter((verdict) => verdict === 'not_enough_data').length
  const open = verdicts.filter((verdict) => verdict === 'not_yet_known').length
  if (told === 0) return { hits, told, untold, open, share: null, lower: null, upper: null }
  return { hits, told, untold, open, share: hits / told, ...wilsonInterval(hits, told) }
}
