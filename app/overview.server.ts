import { listDecisions } from '#governance/review/list-decisions.ts'
import { listMoveApprovers } from '#governance/review/list-move-approvers.ts'
import { type ChangeEvent, listChangeEvents } from '#models/change-events/list-change-events.ts'
import { listContactValues } from '#models/contacts/list-contact-values.ts'
import { addMonths, type Month } from '#models/reporting-month.ts'
import { listFilteredWeeks } from '#models/weekly/list-filtered-weeks.ts'
import { listWeeklyCounts } from '#models/weekly/list-weekly-counts.ts'
import { chartMonths } from './evidence/closed-months.ts'
import { type ComparisonKind, parseComparisonKind } from './evidence/comparison/comparison-kind.ts'
import { type EvidenceFilter, isNarrowed, noFilter, parseEvidenceFilter } from './evidence/filter/evidence-filter.ts'
import { type FilterBarView, filterBar } from './evidence/filter/filter-menus.ts'
import { typesOfArea } from './evidence/filter/types-of-area.ts'
import { finalOn } from './evidence/final-on.ts'
import { metricTableCsv } from './evidence/metric-table/metric-table-csv.ts'
import { comparisonOf } from './evidence/overview/comparison-of.ts'
import { heatColumns } from './evidence/overview/heat-columns.ts'
import { type OverviewDetails, overviewDetails } from './evidence/overview/overview-details.ts'
import { stripWeeks } from './evidence/overview/strip-weeks.ts'
import { type WeeklyStrip, weeklyStrip } from './evidence/overview/weekly-strip.ts'
import { overviewCharts } from './evidence/overview-charts.ts'
import { buildOverview, type OverviewView } from './evidence/overview-view.ts'
import type { PointIndex } from './evidence/point-index.ts'
import { reviewProgress } from './evidence/review-progress.ts'
import type { Chart } from './evidence/type/chart-view.ts'
import { readFilteredPoints } from './filtered-points.server.ts'
import { ledger } from './ledger.server.ts'
import { type MonthEvidence, readMonthEvidence } from './month-evidence.server.ts'
import { oncePerState } from './once-per-state.server.ts'
import { type PagePart, pagePart } from './page-part.server.ts'
import { oncePerSnapshot } from './warehouse.server.ts'

export interface OverviewPage extends OverviewView {
  charts: readonly Chart[]
}

/** What of a month is looked at: by which filter, against what. */
interface OverviewScope {
  filter: EvidenceFilter
  comparison: ComparisonKind
  /** Of the filtered contacts. */
  filteredPoints: PointIndex
  changes: readonly ChangeEvent[]
}

export interface FilteredOverview extends OverviewPage, OverviewDetails {
  /** null: no AI contact in these weeks. */
  weekly: PagePart<WeeklyStrip | null>
  bar: FilterBarView
}

/** The overview as the address asks for it, with the bar to ask for another. Throws bad_input for a filter that cannot be used. */
export function getFilteredOverview(search: URLSearchParams, month: Month, now: Date): Promise<FilteredOverview> {
  return oncePerState(['overview', month, search.toString()], now, () => readOverview(search, month, now))
}

async function readOverview(search: URLSearchParams, month: Month, now: Date): Promise<FilteredOverview> {
  const [filter, comparison] = [parseEvidenceFilter(search), parseComparisonKind(search)]
  const evidence = await readMonthEvidence(month, now)
  const { months, snapshot, registered } = evidence
  const [values, changes, filteredPoints] = await Promise.all([
    oncePerSnapshot('contact values', ({ db }) => listContactValues(db)),
    oncePerSnapshot('changes', ({ db }) =>
      listChangeEvents(db, { ...rangeOf(months, month), reportingTimeZone: snapshot.reportingTimeZone }),
    ),
    readFilteredPoints(evidence, filter),
  ])
  const scope = { filter, comparison, filteredPoints, changes }
  const open = await ledger()
  const decisions = await listDecisions(open, { isMove: true })
  return {
    ...overviewOf(evidence, scope),
    ...overviewDetails(evidence, scope, decisions, await listMoveApprovers(open)),
    weekly: await pagePart('weeks', async () =>
      weeklyStrip(await readWeeks(evidence, filter), {
        types: filter.area === null ? null : typesOfArea(filter.area, registered),
        month,
        filter,
      }),
    ),
    bar: filterBar({
      search,
      comparison,
      filter,
      areas: [...new Set(registered.map(({ area }) => area))].sort(),
      values,
    }),
  }
}

/** What the tables of the overview show, unrounded: one row per type and metric, under the filter of the address. */
export async function getOverviewCsv(search: URLSearchParams, month: Month, now: Date): Promise<string> {
  const evidence = await readMonthEvidence(month, now)
  const points = await readFilteredPoints(evidence, parseEvidenceFilter(search))
  const columns = heatColumns(evidence.policy, evidence.standings)
  return metricTableCsv({ month, types: points.typesIn(month), points, columns })
}

/** The numbers of the contacts that the address asks for. Throws bad_input for a filter that cannot be used. */
export async function getFilteredPoints(search: URLSearchParams, month: Month, now: Date): Promise<PointIndex> {
  return readFilteredPoints(await readMonthEvidence(month, now), parseEvidenceFilter(search))
}

/** The weeks that end with the month, of the filtered contacts. */
async function readWeeks(
  { month }: Pick<MonthEvidence, 'month'>,
  { channel, customerTier, aiVersion }: EvidenceFilter,
) {
  const contacts = { channel, customerTier, aiVersion }
  const weeks = stripWeeks(month)
  return oncePerSnapshot(`weeks ${month} ${JSON.stringify(contacts)}`, async (warehouse) =>
    isNarrowed(contacts) ? listFilteredWeeks(warehouse, { contacts, ...weeks }) : listWeeklyCounts(warehouse, weeks),
  )
}

/** The overview of evidence that was read already. */
export function overviewOf(evidence: MonthEvidence, scope?: OverviewScope): OverviewPage {
  const { month, months, points, registered } = evidence
  const { filter = noFilter, filteredPoints = points } = scope ?? {}
  const timeZone = evidence.snapshot.reportingTimeZone
  const comparison = comparisonOf(evidence, scope ?? { comparison: 'previous', filteredPoints, changes: [] })
  const view = buildOverview({
    month,
    months,
    points,
    csatChannels: evidence.csatChannels,
    filteredPoints,
    chosenTypes: filter.area === null ? null : typesOfArea(filter.area, registered),
    comparison,
    policy: evidence.policy,
    evaluations: evidence.evaluations,
    standings: evidence.standings,
    review: evidence.review === undefined ? undefined : reviewProgress(evidence.review),
    finalOn: finalOn(month, timeZone),
    timeZone,
  })
  const charts = overviewCharts({
    month,
    months: chartMonths(months, month),
    points: filteredPoints,
    compared: comparison.kind,
  })
  return { ...view, charts }
}

function rangeOf(months: readonly Month[], month: Month): { from: Month; through: Month } {
  return { from: months[0] ?? month, through: addMonths(months.at(-1) ?? month, 1) }
}
