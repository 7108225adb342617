import { countOf, formatCount, formatMonth, formatShare } from '#models/format-metric.ts'
import type { Month } from '#models/reporting-month.ts'
import { type MetricDefinitionView, metricDefinitions } from './evidence/metric-definitions.ts'
import { buildMetricTable, type MetricColumn, type MetricTableView } from './evidence/metric-table/metric-table.ts'
import { metricTableCsv } from './evidence/metric-table/metric-table-csv.ts'
import type { Lead } from './evidence/overview-lead.ts'
import type { PointIndex } from './evidence/point-index.ts'
import { poolCounts } from './evidence/pooled-counts.ts'
import { qualityColumns } from './evidence/quality-columns.ts'
import { readMonthEvidence } from './month-evidence.server.ts'

export interface QualityPage {
  month: Month
  lead: Lead
  table: MetricTableView
  definitions: readonly MetricDefinitionView[]
}

/** How well the AI is watched in a month: types with AI contacts, by what can go wrong in reviewing them. */
export async function getQuality(month: Month, now: Date): Promise<QualityPage> {
  const { columns, types, points } = await qualityParts(month, now)
  return {
    month,
    lead: qualityLead(month, types, points),
    table: buildMetricTable({ month, types, points, columns }),
    definitions: metricDefinitions(columns.map(({ metric }) => metric)),
  }
}

export async function getQualityCsv(month: Month, now: Date): Promise<string> {
  return metricTableCsv({ month, ...(await qualityParts(month, now)) })
}

async function qualityParts(
  month: Month,
  now: Date,
): Promise<{ columns: MetricColumn[]; types: string[]; points: PointIndex }> {
  const { points, policy } = await readMonthEvidence(month, now)
  const types = points.typesIn(month).filter((interactionType) => {
    const share = points.find({ month, interactionType, metric: 'ai_share', cohort: 'all' })
    return share !== undefined && share.numerator > 0
  })
  return { columns: qualityColumns(policy), types, points }
}

function qualityLead(month: Month, types: readonly string[], points: PointIndex): Lead {
  const pool = (metric: 'qa_completion' | 'qa_on_time_rate') =>
    poolCounts(points, { months: [month], types, metric, cohort: 'ai_participated' })
  const done = pool('qa_completion')
  if (done.denominator === 0) {
    return {
      strong: `No random review of an AI contact was drawn in ${formatMonth(month)}.`,
      rest: 'Without one, no error rate of the month is known.',
    }
  }
  const behind = types.filter((interactionType) => {
    const point = points.find({ month, interactionType, metric: 'qa_completion', cohort: 'ai_participated' })
    return point !== undefined && point.denominator > 0 && point.numerator / point.denominator < 0.9
  })
  const onTime = pool('qa_on_time_rate')
  return {
    strong: `${formatCount(done.numerator)} of ${countOf(done.denominator, 'drawn review')} of ${formatMonth(month)} are done, ${formatShare(done.numerator / done.denominator)}.`,
    rest: [
      behind.length === 0
        ? 'No type is under 90\u202f%.'
        : `Under 90\u202f%: ${behind.join(', ')}; the error rates there are inconclusive.`,
      onTime.denominator === 0
        ? ''
        : `${formatShare(onTime.numerator / onTime.denominator)} were done by their due time.`,
    ]
      .filter(Boolean)
      .join(' '),
  }
}
