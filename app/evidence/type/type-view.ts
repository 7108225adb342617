import type {
  GateResult,
  Recommendation,
  TypeEvaluation,
  TypeHistory,
  TypeStanding,
} from '#governance/evaluate/evaluation.ts'
import { monthSpan } from '#governance/evaluate/sentences.ts'
import type { Policy } from '#governance/policy/policy.ts'
import type { RegisteredType } from '#governance/registry/registered-type.ts'
import type { Decision } from '#governance/review/decision.ts'
import type { MonthCsatChannel } from '#models/daily/list-csat-channels.ts'
import { formatDay } from '#models/format-metric.ts'
import { monthsEndingWith, parseMonth } from '#models/reporting-month.ts'
import type { SegmentCounts } from '#models/segments/list-segment-counts.ts'
import type { LevelsInForceTable, OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { decisionHref } from '../../decisions/decision-register.ts'
import { chartMonths, closedMonthsUpTo } from '../closed-months.ts'
import { filterWords, isNarrowed } from '../filter/evidence-filter.ts'
import { resolutionLadder } from '../outcomes/resolution-ladder.ts'
import type { Lead } from '../overview-lead.ts'
import type { PointIndex } from '../point-index.ts'
import { reviewHref } from '../review-progress.ts'
import { type TypeStatus, typeStatus } from '../type-status.ts'
import { levelRibbon } from './chart-moment.ts'
import type { Chart } from './chart-view.ts'
import { errorRateChart } from './error-rate-chart.ts'
import { type GateGroup, groupGates } from './gate-groups.ts'
import { handledChart } from './handled-chart.ts'
import { csatChart, qaScoreChart, repeatChart } from './rate-charts.ts'
import { type SegmentTable, segmentTables } from './segment-tables.ts'
import { type ChangeEventView, type HistoryEntry, typeHistory } from './type-history.ts'
import type { TypeInput } from './type-input.ts'
import { typeLead } from './type-lead.ts'
import { type WatchingFact, watchingFacts } from './watching-facts.ts'

export interface TypeView {
  interactionType: string
  month: string
  isFinal: boolean
  level: OversightLevel | null
  ceiling: OversightLevel | null
  levelSince: string | null
  status: TypeStatus
  /** What a filter leaves out of the page, and what it never touches; null without one. */
  filterNote: string | null
  lead: Lead
  /** Whether what is claimed to be resolved holds, over the policy's window. */
  resolution: Lead
  recommendation: Recommendation | null
  /** Taken in the month's review; null while it is open. */
  decision: { action: Decision['action']; on: string; href: string } | null
  reviewHref: string
  gateGroups: readonly GateGroup[]
  gates: readonly GateResult[]
  windowText: string
  mainChart: Chart
  charts: readonly Chart[]
  watching: readonly WatchingFact[]
  history: readonly HistoryEntry[]
  registration: Pick<
    RegisteredType,
    'area' | 'riskTier' | 'ownerName' | 'aiDoes' | 'humansDo' | 'requiredControls' | 'isDisclosureAttested'
  > | null
  aiVersions: readonly { aiVersion: string; contactCount: number }[]
  segments: readonly SegmentTable[]
  missingGates: Policy['missingGates']
}

export interface TypeViewInput {
  interactionType: string
  month: string
  months: readonly string[]
  /** Of the contacts that the page's numbers describe. */
  points: PointIndex
  /** Of all contacts: what the status speaks of; the points unless given. */
  allPoints?: PointIndex
  /** CSAT answers by channel, of every type and month. */
  csatChannels: readonly MonthCsatChannel[]
  policy: Policy
  evaluation: TypeEvaluation | undefined
  standing: TypeStanding | undefined
  registration: RegisteredType | undefined
  history: TypeHistory | undefined
  levels: readonly LevelsInForceTable[]
  decisions: readonly Decision[]
  changes: readonly ChangeEventView[]
  /** Of the type over the policy's window. */
  segments: readonly SegmentCounts[]
  timeZone: string
}

/** One type: is it good enough, how sure are we, what happened. */
export function buildTypeView(given: TypeViewInput): TypeView {
  const { interactionType, month, points, policy, evaluation, standing, timeZone, registration } = given
  const isPart = isNarrowed(points.filter)
  const months = chartMonths(given.months, month)
  const { entries, flags } = typeHistory(given.decisions, given.changes, months, timeZone)
  const input: TypeInput = {
    interactionType,
    month,
    months,
    closedMonths: closedMonthsUpTo(given.months, month, points),
    points,
    csatChannels: given.csatChannels,
    policy,
    // Limits are set for all contacts of a type: some of them are neither within nor over one.
    evaluation: isPart ? undefined : evaluation,
    standing,
    events: flags,
    ribbon: levelRibbon(given.levels, interactionType, months, timeZone),
  }
  const window = monthsEndingWith(parseMonth(month), policy.windowMonths)
  return {
    interactionType,
    month,
    isFinal: points.isFinal(month),
    level: standing?.level ?? null,
    ceiling: standing?.ceiling ?? null,
    levelSince: standing?.levelSince == null ? null : formatDay(standing.levelSince, timeZone),
    status: typeStatus({ ...input, points: given.allPoints ?? points, evaluation }),
    filterNote: isPart
      ? `Numbers and charts are of ${filterWords(points.filter)} only and have no limits; gates, status, recommendation, level and history always speak of all contacts of the type.`
      : null,
    lead: typeLead(input),
    resolution: resolutionLadder({ ...input, month: parseMonth(month), window, windowText: monthSpan(window) }).lead,
    recommendation: evaluation === undefined || standing === undefined ? null : evaluation.recommendation,
    decision: decisionOf(given),
    reviewHref: reviewHref(month, interactionType),
    gateGroups: groupGates(evaluation?.gates ?? []),
    gates: evaluation?.gates ?? [],
    windowText: monthSpan(window),
    mainChart: errorRateChart(input),
    charts: [
      csatChart(input),
      handledChart({ ...input, types: [interactionType], size: { width: 420, height: 210 } }),
      repeatChart(input),
      qaScoreChart(input),
    ],
    watching: watchingFacts(input),
    history: entries,
    registration: registration ?? null,
    aiVersions: [...(given.history?.months.find((one) => one.month === month)?.aiVersions ?? [])].sort(
      (a, b) => b.contactCount - a.contactCount,
    ),
    segments: segmentTables({ counts: given.segments, policy, results: input.evaluation?.segments ?? [] }),
    missingGates: policy.missingGates,
  }
}

function decisionOf({ decisions, month, timeZone }: TypeViewInput): TypeView['decision'] {
  const taken = decisions.find((decision) => decision.kind === 'cycle' && decision.month === month)
  if (taken === undefined) return null
  return { action: taken.action, on: formatDay(taken.decidedAt, timeZone), href: decisionHref(taken.id) }
}
