import type { TypeStanding } from '#governance/evaluate/evaluation.ts'
import type { Policy } from '#governance/policy/policy.ts'
import type { Review } from '#governance/review/find-review.ts'
import { countOf, formatCount, formatDay, formatInstant, formatMonth, formatShare } from '#models/format-metric.ts'
import type { Load } from '#models/loads/list-loads.ts'
import { addMonths, type Month, monthEnd } from '#models/reporting-month.ts'
import type { SnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import type { RegisteredDecision } from '../decisions/decision-register.ts'
import type { PointIndex } from '../evidence/point-index.ts'
import { poolCounts } from '../evidence/pooled-counts.ts'

/** How far the review is: a pack before its end is a draft. */
export type PackState = { kind: 'draft' | 'closed'; word: string }

/** A statement on how far the numbers can be trusted, and what it rests on. */
export interface TrustStatement {
  word: string
  text: string
}

export interface BoardPackDecisions {
  /** Signed in the review of the month. */
  cycle: readonly RegisteredDecision[]
  /** Stops, trip-wires, expiries and baselines of the month after the evidence month, in which the review is held. */
  others: readonly RegisteredDecision[]
  /** Stops that no second approver looked at, as things stand when the pack is made. */
  pendingStops: readonly RegisteredDecision[]
  /** Decisions past their validity that nobody renewed, as things stand when the pack is made. */
  lapsed: readonly RegisteredDecision[]
}

/** Whether the pack is the last word on its month. */
export function packState(review: Review | undefined): PackState {
  if (review === undefined) return { kind: 'draft', word: 'Draft, no review opened' }
  if (review.state === 'closed') return { kind: 'closed', word: 'Review closed' }
  if (review.state === 'decided') return { kind: 'draft', word: 'Draft, all decided' }
  return { kind: 'draft', word: `Draft, ${review.decidedCount} of ${countOf(review.typeCount, 'type')} decided` }
}

/** The decisions that belong into the pack of a month, oldest first. */
export function packDecisions(
  decisions: readonly RegisteredDecision[],
  month: Month,
  timeZone: string,
): BoardPackDecisions {
  const from = monthEnd(month, timeZone)
  const through = monthEnd(addMonths(month, 1), timeZone)
  const inOrder = decisions.toSorted((a, b) => a.decidedAt.getTime() - b.decidedAt.getTime())
  return {
    cycle: inOrder.filter((decision) => decision.kind === 'cycle' && decision.month === month),
    others: inOrder.filter(
      ({ kind, decidedAt }) => kind !== 'cycle' && kind !== 'baseline' && decidedAt >= from && decidedAt < through,
    ),
    pendingStops: inOrder.filter(({ isPending }) => isPending),
    lapsed: inOrder.filter(({ validity }) => validity === 'expired'),
  }
}

/** One line for every sheet: what the numbers are as of. No two packs that differ have the same line. */
export function packAsOf(input: { snapshot: SnapshotInfo; generatedAt: Date; timeZone: string }): string {
  const { snapshot, generatedAt, timeZone } = input
  const through =
    snapshot.loadedThrough === null
      ? 'nothing loaded'
      : `loaded through ${formatInstant(snapshot.loadedThrough, timeZone)}`
  return `Snapshot ${snapshot.snapshotId}, ${through}. All types, channels and segments. Made ${formatInstant(generatedAt, timeZone)}.`
}

/** How far to trust the numbers: six statements, each from counts. */
export function trustStatements(input: {
  month: Month
  types: readonly string[]
  points: PointIndex
  loads: readonly Load[]
  standings: readonly TypeStanding[]
  policy: Policy
  policyBefore: Policy | null
  restatedCount: number
  finalOn: Date
  timeZone: string
}): TrustStatement[] {
  const { month, types, points, finalOn, timeZone } = input
  return [
    { word: 'Complete', text: completeness(input.loads) },
    {
      word: points.isFinal(month) ? 'Mature' : 'Provisional',
      text: points.isFinal(month)
        ? `Every number of ${formatMonth(month)} has passed its waiting time; the last did on ${formatDay(new Date(finalOn.getTime() - 1), timeZone)}.`
        : `Numbers still change until the data reach through ${formatDay(new Date(finalOn.getTime() - 1), timeZone)}. Nothing is decided on them.`,
    },
    { word: 'Reviewed', text: reviewed(month, types, points) },
    { word: 'Not measured', text: notMeasured(month, types, points) },
    { word: 'Rules', text: rules(input.policy, input.policyBefore) },
    {
      word: 'Restated',
      text:
        input.restatedCount === 0
          ? 'No number of this month changed after it had been called final.'
          : `${countOf(input.restatedCount, 'number')} of this month changed after it had been called final.`,
    },
  ]
}

function completeness(loads: readonly Load[]): string {
  const counts = loads.flatMap((load) => load.counts)
  const sum = (read: (count: Load['counts'][number]) => number) =>
    counts.reduce((total, count) => total + read(count), 0)
  const quarantined = sum((count) => count.quarantined)
  return `${formatCount(sum((count) => count.read))} rows read in ${countOf(loads.length, 'load')}, ${quarantined === 0 ? 'none' : formatCount(quarantined)} of them in quarantine. Every row read is accounted for.`
}

function reviewed(month: Month, types: readonly string[], points: PointIndex): string {
  const done = poolCounts(points, { months: [month], types, metric: 'qa_completion', cohort: 'ai_participated' })
  if (done.denominator === 0) return 'No random review was drawn in this month, so no error rate of it is known.'
  const behind = types.flatMap((interactionType) => {
    const point = points.find({ month, interactionType, metric: 'qa_completion', cohort: 'ai_participated' })
    return point !== undefined && point.denominator > 0 && point.numerator / point.denominator < 0.9
      ? [`${interactionType} ${formatShare(point.numerator / point.denominator, 0)}`]
      : []
  })
  const all = `${formatCount(done.numerator)} of ${formatCount(done.denominator)} drawn reviews are done, ${formatShare(done.numerator / done.denominator)}.`
  return behind.length === 0 ? all : `${all} Under 90\u202f%: ${behind.join(', ')}.`
}

function notMeasured(month: Month, types: readonly string[], points: PointIndex): string {
  const without = types.filter((interactionType) => {
    const point = points.find({ month, interactionType, metric: 'ai_error_rate', cohort: 'ai_participated' })
    return point === undefined || point.denominator === 0
  })
  return without.length === 0
    ? 'Every type has reviewed AI contacts in this month.'
    : `No reviewed AI contact, so no error rate: ${without.join(', ')}.`
}

function rules(policy: Policy, before: Policy | null): string {
  const version = `Policy version ${policy.version}`
  if (before === null) return `${version}.`
  return before.version === policy.version
    ? `${version}, the same as in the month before.`
    : `${version}; the month before was judged by version ${before.version}.`
}
