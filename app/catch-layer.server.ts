import { listEscalationReasons } from '#models/escalations/list-escalation-reasons.ts'
import { countOf, formatCount, formatMonth, formatShare } from '#models/format-metric.ts'
import type { Month } from '#models/reporting-month.ts'
import { catchLayerColumns } from './evidence/catch-layer-columns.ts'
import { type ReasonRow, reasonRows } from './evidence/escalation-reasons.ts'
import { type MetricDefinitionView, metricDefinitions } from './evidence/metric-definitions.ts'
import { buildMetricTable, type MetricTableView } from './evidence/metric-table/metric-table.ts'
import { metricTableCsv } from './evidence/metric-table/metric-table-csv.ts'
import type { Lead } from './evidence/overview-lead.ts'
import type { PointIndex } from './evidence/point-index.ts'
import { poolCounts } from './evidence/pooled-counts.ts'
import { readMonthEvidence } from './month-evidence.server.ts'
import { type PagePart, pagePart } from './page-part.server.ts'
import { currentWarehouse } from './warehouse.server.ts'

export interface CatchLayerPage {
  month: Month
  lead: Lead
  reasons: PagePart<readonly ReasonRow[]>
  table: MetricTableView
  definitions: readonly MetricDefinitionView[]
}

/** What was caught on its way to a customer in a month, and what slipped through. */
export async function getCatchLayer(month: Month, now: Date): Promise<CatchLayerPage> {
  const { points, policy } = await readMonthEvidence(month, now)
  const reasons = await pagePart('escalation reasons', async () =>
    reasonRows(await listEscalationReasons(await currentWarehouse(), { month })),
  )
  const types = points.typesIn(month)
  const columns = catchLayerColumns(policy)
  return {
    month,
    lead: catchLayerLead(month, types, points, reasons.isShown ? reasons.value : []),
    reasons,
    table: buildMetricTable({ month, types, points, columns }),
    definitions: metricDefinitions(columns.map(({ metric }) => metric)),
  }
}

export async function getCatchLayerCsv(month: Month, now: Date): Promise<string> {
  const { points, policy } = await readMonthEvidence(month, now)
  return metricTableCsv({ month, types: points.typesIn(month), points, columns: catchLayerColumns(policy) })
}

function catchLayerLead(
  month: Month,
  types: readonly string[],
  points: PointIndex,
  reasons: readonly ReasonRow[],
): Lead {
  const pool = (metric: 'escalation_rate' | 'unexpected_escalation_rate') =>
    poolCounts(points, { months: [month], types, metric, cohort: 'ai_participated' })
  const all = pool('escalation_rate')
  const sum = (metric: 'automation_creep' | 'failed_handoffs', cohort: 'all' | 'ai_participated') =>
    types.reduce((total, interactionType) => total + points.count({ month, interactionType, metric, cohort }), 0)
  if (all.denominator === 0) {
    return { strong: `No AI contact in ${formatMonth(month)}.`, rest: 'There was nothing to hand over.' }
  }
  const unexpected = pool('unexpected_escalation_rate').numerator
  const creep = sum('automation_creep', 'all')
  const failed = sum('failed_handoffs', 'ai_participated')
  const most = reasons[0]
  return {
    strong: `${formatCount(all.numerator)} of ${countOf(all.denominator, 'AI contact')} went to a person, ${formatShare(all.numerator / all.denominator)}; ${formatCount(unexpected)} of them without a written trigger.`,
    rest: [
      most === undefined ? '' : `Most often for ${most.word} (${formatCount(most.contactCount)}).`,
      creep === 0
        ? 'No answer left without the approval that its level requires.'
        : `${countOf(creep, 'answer')} left without the approval that the level requires.`,
      failed === 0 ? '' : `${countOf(failed, 'hand-over')} failed.`,
    ]
      .filter(Boolean)
      .join(' '),
  }
}
