import type { TypeEvaluation, TypeStanding } from '#governance/evaluate/evaluation.ts'
import { monthSpan } from '#governance/evaluate/sentences.ts'
import type { Policy } from '#governance/policy/policy.ts'
import type { MonthCsatChannel } from '#models/daily/list-csat-channels.ts'
import { countOf, formatCount, formatDay, monthName } from '#models/format-metric.ts'
import { monthsEndingWith, parseMonth } from '#models/reporting-month.ts'
import { createValueAxis, type ValueAxis } from '../charts/value-axis.ts'
import { chartMonths, closedMonthsUpTo } from './closed-months.ts'
import type { Comparison } from './comparison/comparison.ts'
import { type EvidenceFilter, filterWords, isFiltered, isNarrowed } from './filter/evidence-filter.ts'
import { buildHeadlines } from './headlines/build-headlines.ts'
import type { Headline } from './headlines/headline.ts'
import { type Lead, overviewLead } from './overview-lead.ts'
import type { PointIndex } from './point-index.ts'
import { decisionCell, listOpenDecisions, type OpenDecision, type ReviewProgress } from './review-progress.ts'
import { buildTypeRow, type TypeRow } from './type-row.ts'
import { arrangeWarnings, listWarnings } from './warnings/list-warnings.ts'
import type { Warning } from './warnings/warning.ts'

export interface TypeGroup {
  title: string
  rows: readonly TypeRow[]
}

export interface OverviewView {
  month: string
  isFinal: boolean
  lead: Lead
  headlines: readonly Headline[]
  openDecisions: readonly OpenDecision[]
  decisionsNote: string
  /** Said in place of an empty list. */
  nothingToDecide: string
  warnings: readonly Warning[]
  warningsNote: string
  groups: readonly TypeGroup[]
  /** Shared by every row of the error column. */
  errorAxis: ValueAxis
  windowText: string
  /** What the changes in the table are against; null when nothing is compared. */
  comparedText: string | null
  /** Why nothing is compared; null when something is. */
  comparisonRefusal: string | null
  /** What a filter leaves out of the page, and what it never touches; null without one. */
  filterNote: string | null
  /** Contacts of the month that the page describes. */
  contactCount: number
  unregistered: readonly string[]
  missingGates: Policy['missingGates']
}

export interface OverviewInput {
  month: string
  /** Every month of the snapshot, oldest first. */
  months: readonly string[]
  /** Of all contacts: what is judged, warned of and decided. */
  points: PointIndex
  /** CSAT answers by channel, of every type and month. */
  csatChannels: readonly MonthCsatChannel[]
  /** Of the contacts that the page's numbers describe; all unless given. */
  filteredPoints?: PointIndex
  /** Types that the filter chooses; all unless given. */
  chosenTypes?: readonly string[] | null
  comparison: Comparison
  policy: Policy
  evaluations: readonly TypeEvaluation[]
  standings: readonly TypeStanding[]
  review: ReviewProgress | undefined
  finalOn: Date | null
  timeZone: string
}

/** The overview of a month: pure, from the numbers of the snapshot and what governance knows. */
export function buildOverview(input: OverviewInput): OverviewView {
  const { month, months, points, csatChannels, policy, review, timeZone, comparison, chosenTypes = null } = input
  const filteredPoints = input.filteredPoints ?? points
  const evaluations = new Map(input.evaluations.map((one) => [one.interactionType, one]))
  const standings = new Map(input.standings.map((one) => [one.interactionType, one]))
  const seen = points.typesIn(month)
  const registered = input.standings.filter((one) => one.isRegistered).map((one) => one.interactionType)
  const every = [...seen, ...registered.filter((name) => !seen.includes(name)).sort()]
  const types = every.filter((name) => chosenTypes === null || chosenTypes.includes(name))
  const isRegistered = (name: string) => standings.get(name)?.isRegistered ?? false
  const closedMonths = closedMonthsUpTo(months, month, points)
  const window = monthsEndingWith(parseMonth(month), policy.windowMonths)
  const shown = isNarrowed(filteredPoints.filter) ? filteredPoints.typesIn(month) : types
  const rows = shown.map((interactionType) => {
    const evaluation = evaluations.get(interactionType)
    return buildTypeRow({
      interactionType,
      month,
      comparison,
      window,
      points: filteredPoints,
      allPoints: points,
      standing: standings.get(interactionType),
      evaluation,
      decision: decisionCell(
        interactionType,
        month,
        review,
        evaluation,
        isRegistered(interactionType),
        points.isFinal(month),
        timeZone,
      ),
    })
  })
  const warnings = arrangeWarnings(
    types.flatMap((interactionType) =>
      listWarnings({
        interactionType,
        month,
        closedMonths,
        points,
        csatChannels,
        policy,
        evaluation: evaluations.get(interactionType),
      }),
    ),
  )
  const isProvisional = !points.isFinal(month)
  const openDecisions = isProvisional ? [] : listOpenDecisions({ types, month, review, evaluations, standings, points })
  return {
    month,
    isFinal: !isProvisional,
    lead: overviewLead({
      month,
      points,
      types: every,
      isFiltered: isFiltered(filteredPoints.filter),
      registeredCount: registered.length,
      evaluations: input.evaluations,
      review,
      finalOn: input.finalOn,
      timeZone,
    }),
    headlines: buildHeadlines({ month, months: sparkMonths(months, month), points: filteredPoints, comparison }),
    openDecisions,
    decisionsNote: decisionsNote(month, openDecisions.length, review, isProvisional, timeZone),
    nothingToDecide: isProvisional
      ? 'Nothing is decided on a provisional month.'
      : registered.length === 0
        ? 'No type is registered, so there is nothing to decide on yet.'
        : 'Nothing is left to decide for this month.',
    warnings,
    warningsNote: warnings.length === 0 ? 'no warning sign' : countOf(warnings.length, 'warning sign'),
    groups: groupRows(rows, review),
    errorAxis: errorAxisOf(rows),
    // Nothing was pooled from before the data begin.
    windowText: monthSpan(window.filter((one) => one >= (months[0] ?? month))),
    comparedText: comparison.refusal === null ? comparison.against : null,
    comparisonRefusal: comparison.refusal,
    filterNote: filterNote(filteredPoints.filter, shown.length, every.length),
    contactCount: shown.reduce(
      (sum, interactionType) => sum + filteredPoints.count({ interactionType, month, metric: 'volume', cohort: 'all' }),
      0,
    ),
    unregistered: types.filter((name) => !isRegistered(name)),
    missingGates: policy.missingGates,
  }
}

/** What the page is about, and that nothing is decided on a part: in one sentence. */
function filterNote(filter: EvidenceFilter, shown: number, every: number): string | null {
  if (!isFiltered(filter)) return null
  const types = shown === every ? '' : `, ${formatCount(shown)} of ${countOf(every, 'type')}`
  return `Numbers and charts are of ${filterWords(filter)} only${types}; gates, recommendations, warning signs and decisions always speak of all contacts of a type.`
}

function decisionsNote(
  month: string,
  open: number,
  review: ReviewProgress | undefined,
  isProvisional: boolean,
  timeZone: string,
): string {
  if (isProvisional) return 'after the month is final'
  if (review === undefined) return 'preview, no review is open'
  if (!review.isOpen) return `${monthName(month)} review, closed`
  return `${monthName(month)} review, ${open} of ${countOf(review.types.size, 'type')} open, due ${formatDay(review.dueAt, timeZone)}`
}

/** Open, decided, unregistered; without a review the registered types stand together. */
function groupRows(rows: readonly TypeRow[], review: ReviewProgress | undefined): TypeGroup[] {
  const registered = rows.filter((row) => row.isRegistered)
  const unregistered = rows.filter((row) => !row.isRegistered)
  const isDecided = (row: TypeRow) => review?.types.get(row.interactionType)?.decision != null
  const open = registered.filter((row) => !isDecided(row))
  const decided = registered.filter(isDecided)
  const groups: TypeGroup[] =
    review === undefined
      ? [{ title: `Registered: ${registered.length}`, rows: registered }]
      : [
          { title: `Open: ${open.length} of ${registered.length}`, rows: open },
          { title: `Decided: ${decided.length} of ${registered.length}`, rows: decided },
        ]
  groups.push({ title: `Seen in data, not registered: ${unregistered.length}`, rows: unregistered })
  return groups.filter((group) => group.rows.length > 0)
}

/** Without labels to tell them apart, a month after the page's would read as its past. */
function sparkMonths(months: readonly string[], month: string): string[] {
  return chartMonths(months, month).filter((one) => one <= month)
}

/** Whiskers up to here never run off the axis. */
const wideEnough = 0.15

/** Wide enough for every estimate and limit; a whisker of a small sample may run off it. */
function errorAxisOf(rows: readonly TypeRow[]): ValueAxis {
  const values = rows.flatMap(({ error }) =>
    error.kind === 'rate'
      ? [error.value * 1.3, (error.limit ?? 0) * 1.6, Math.min(error.upper, Math.max(error.value * 2, wideEnough))]
      : [],
  )
  return createValueAxis(values.length === 0 ? [0.08] : values, { fromZero: true, most: 1 })
}
