import type { Decision } from '#governance/review/decision.ts'
import type { ChangeEvent } from '#models/change-events/list-change-events.ts'
import type { MonthEvidence } from '../../month-evidence.server.ts'
import { closedMonthsUpTo } from '../closed-months.ts'
import type { ComparisonKind } from '../comparison/comparison-kind.ts'
import { type EvidenceFilter, isNarrowed } from '../filter/evidence-filter.ts'
import { typesOfArea } from '../filter/types-of-area.ts'
import { buildMetricTable, type MetricTableView } from '../metric-table/metric-table.ts'
import type { PointIndex } from '../point-index.ts'
import { type AutonomyLadder, autonomyLadder } from './autonomy-ladder.ts'
import { comparisonOf } from './comparison-of.ts'
import { fiveSigns, type SignLine } from './five-signs.ts'
import { heatColumns } from './heat-columns.ts'
import { type MetricMove, metricMoves } from './metric-moves.ts'

/** What the overview page shows beside what the board pack prints too. */
export interface OverviewDetails {
  signs: readonly SignLine[]
  moves: readonly MetricMove[]
  ladder: AutonomyLadder
  heat: MetricTableView
}

const changeWords: Readonly<Record<string, string>> = {
  model: 'model change',
  prompt: 'prompt change',
  knowledge: 'knowledge change',
  policy: 'policy change',
  routing: 'routing change',
  vendor_definition: 'a supplier changed a definition',
}

export function overviewDetails(
  evidence: MonthEvidence,
  scope: {
    filter: EvidenceFilter
    comparison: ComparisonKind
    filteredPoints: PointIndex
    changes: readonly ChangeEvent[]
  },
  moves: readonly Decision[],
  approvers: ReadonlyMap<string, readonly string[]>,
): OverviewDetails {
  const { month, months, points, csatChannels, policy, standings, registered, snapshot } = evidence
  const { filter, filteredPoints, changes } = scope
  const timeZone = snapshot.reportingTimeZone
  const chosen = filter.area === null ? null : typesOfArea(filter.area, registered)
  const isChosen = (type: string) => chosen === null || chosen.includes(type)
  const types = points.typesIn(month).filter(isChosen)
  const closedMonths = closedMonthsUpTo(months, month, points)
  const shown = filteredPoints.typesIn(month)
  return {
    signs: fiveSigns(
      month,
      types.map((interactionType) => ({
        interactionType,
        month,
        closedMonths,
        points,
        csatChannels,
        policy,
        evaluation: undefined,
      })),
    ),
    moves: metricMoves({
      month,
      types: shown,
      points: filteredPoints,
      comparison: comparisonOf(evidence, scope),
      explanations: [
        ...changes.map(({ changedAt, interactionType, kind, summary }) => ({
          at: changedAt,
          interactionType,
          text: summary === null ? (changeWords[kind] ?? kind) : `${changeWords[kind] ?? kind}: ${summary}`,
        })),
        ...moves.map(({ effectiveAt, interactionType, action }) => ({
          at: effectiveAt,
          interactionType,
          text: action === 'expand' ? 'autonomy expanded' : 'autonomy reduced',
        })),
      ],
      timeZone,
    }),
    ladder: autonomyLadder({
      month,
      types: standings.map(({ interactionType }) => interactionType).filter(isChosen),
      standings,
      decisions: moves,
      approvers,
      timeZone,
    }),
    heat: buildMetricTable({
      month,
      types: shown,
      points: filteredPoints,
      columns: heatColumns(policy, standings).map(({ limit, limitOf, ...column }) =>
        // A limit is set for all contacts of a type.
        isNarrowed(filter)
          ? column
          : { ...column, ...(limit === undefined ? {} : { limit }), ...(limitOf === undefined ? {} : { limitOf }) },
      ),
    }),
  }
}
