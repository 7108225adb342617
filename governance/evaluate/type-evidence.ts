import type { Cohort, CsatScale, MetricId, MetricPoint } from '#models/metrics.ts'
import { addMonths, type Month, monthEnd, monthsEndingWith, parseMonth } from '#models/reporting-month.ts'
import type { PairCounts } from '#models/statistics/specific-agreement.ts'
import { errorAlphaPassOf, errorLimitOf } from '../policy/error-limit.ts'
import type { Policy } from '../policy/policy.ts'
import type { CsatChannelCounts, SegmentCounts, StratumCounts, TypeHistory, TypeStanding } from './evaluation.ts'
import { type ReferencePeriod, referencePeriod } from './reference-period.ts'

/** Everything one gate may look at: one type, one evidence month, looked up by month and metric. */
export interface TypeEvidence {
  policy: Policy
  standing: TypeStanding
  month: Month
  /** The evidence month and those before it that are pooled with it, oldest first. */
  window: readonly Month[]
  reference: ReferencePeriod
  /** Every month of the history that holds points, oldest first. */
  months: readonly Month[]
  /** Error limit of the type or its tier; null when the type is not registered or its tier never expands. */
  errorLimit: number | null
  /** One-sided level of the bound that must lie at or under the limit. */
  errorAlphaPass: number | null
  /** The evidence month and its days of maturity have passed. */
  isClosed: boolean
  findPoint(month: Month, metric: MetricId, cohort: Cohort, scale: CsatScale | null): MetricPoint | undefined
  /** AI versions that answered in the month, sorted, without those that took no contact. */
  aiVersions(month: Month): readonly string[]
  /** Contacts of the months that two people reviewed. */
  pairs(months: readonly Month[]): PairCounts
  /** Strata of the month's random reviews; none where all have the same weight. */
  strata(month: Month): readonly StratumCounts[]
  /** CSAT answers of the month by channel; none where the evidence does not hold them. */
  csatChannels(month: Month): readonly CsatChannelCounts[]
  /** Counts of the policy's segments in the month; none where the evidence does not hold them. */
  segments(month: Month): readonly SegmentCounts[]
  /** Variation of the days over that of independent contacts, at least 1; 1 where nothing is known of it. */
  dispersion(months: readonly Month[], metric: MetricId): number
}

export interface EvaluationContext {
  now: Date
  reportingTimeZone: string
}

export function typeEvidence(
  policy: Policy,
  monthText: string,
  standing: TypeStanding,
  history: TypeHistory | undefined,
  context: EvaluationContext,
): TypeEvidence {
  const month = parseMonth(monthText)
  const window = monthsEndingWith(month, policy.windowMonths)
  const months = history?.months ?? []
  const points = new Map<string, MetricPoint>()
  const versions = new Map<string, Set<string>>()
  for (const typeMonth of months) {
    for (const point of typeMonth.points) {
      points.set(keyOf(typeMonth.month, point.metric, point.cohort, point.scale), point)
    }
    const seen = versions.get(typeMonth.month) ?? new Set()
    for (const { aiVersion, contactCount } of typeMonth.aiVersions) if (contactCount > 0) seen.add(aiVersion)
    versions.set(typeMonth.month, seen)
  }
  const tier = standing.isRegistered ? standing.riskTier : null
  const closesAt = monthEnd(month, context.reportingTimeZone).getTime() + policy.maturityDays * 86_400_000
  const firstMonth = months
    .filter((typeMonth) => typeMonth.points.length > 0)
    .map((typeMonth) => typeMonth.month)
    .reduce<string | null>((first, next) => (first === null || next < first ? next : first), null)
  return {
    policy,
    standing,
    month,
    window,
    months: months
      .filter((typeMonth) => typeMonth.points.length > 0)
      .map((typeMonth) => parseMonth(typeMonth.month))
      .sort(),
    reference: referencePeriod(standing, window, firstMonth, context.reportingTimeZone),
    errorLimit: errorLimitOf(policy, { interactionType: standing.interactionType, riskTier: tier }),
    errorAlphaPass: errorAlphaPassOf(policy, { interactionType: standing.interactionType, riskTier: tier }),
    isClosed: context.now.getTime() >= closesAt,
    findPoint: (at, metric, cohort, scale) => points.get(keyOf(at, metric, cohort, scale)),
    aiVersions: (at) => [...(versions.get(at) ?? [])].sort(),
    pairs: (of) => addPairs(months.filter(({ month: at }) => (of as readonly string[]).includes(at))),
    strata: (at) => months.find((each) => each.month === at)?.strata ?? [],
    csatChannels: (at) => months.find((each) => each.month === at)?.csatChannels ?? [],
    segments: (at) => months.find((each) => each.month === at)?.segments ?? [],
    dispersion: (of, metric) =>
      pooledPhi(
        months
          .filter(({ month: at }) => (of as readonly string[]).includes(at))
          .flatMap(({ dispersions }) => dispersions?.filter((each) => each.metric === metric) ?? []),
      ),
  }
}

function addPairs(months: TypeHistory['months']): PairCounts {
  const sum = (cell: keyof PairCounts) => months.reduce((total, { pairs }) => total + (pairs?.[cell] ?? 0), 0)
  return { both: sum('both'), firstOnly: sum('firstOnly'), secondOnly: sum('secondOnly'), neither: sum('neither') }
}

/** Each month against its own rate: what differs between months is not noise of the days. */
function pooledPhi(months: readonly { chiSquare: number; degreesOfFreedom: number }[]): number {
  const chiSquare = months.reduce((sum, month) => sum + month.chiSquare, 0)
  const degrees = months.reduce((sum, month) => sum + month.degreesOfFreedom, 0)
  return degrees === 0 ? 1 : Math.max(1, chiSquare / degrees)
}

/** The window that the next month's evidence will have: the one to which new reviews belong. */
export function nextWindow(evidence: TypeEvidence): readonly Month[] {
  return monthsEndingWith(addMonths(evidence.month, 1), evidence.policy.windowMonths)
}

function keyOf(month: string, metric: MetricId, cohort: Cohort, scale: CsatScale | null): string {
  return `${month}|${metric}|${cohort}|${scale ?? ''}`
}
