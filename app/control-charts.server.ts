import { chartMetricPoints } from '#models/control-charts/list-control-charts.ts'
import { type MetricId, metricIds } from '#models/metrics.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { listMonths } from '#models/monthly/list-months.ts'
import { OversightError } from '#models/oversight-error.ts'
import { type Month, parseMonth } from '#models/reporting-month.ts'
import { getChartAnnotations } from './chart-annotations.server.ts'
import { chartMonths } from './evidence/closed-months.ts'
import { type EvidenceFilter, isNarrowed } from './evidence/filter/evidence-filter.ts'
import { type MetricDefinitionView, metricDefinitions } from './evidence/metric-definitions.ts'
import {
  type ChartAnnotations,
  type ControlChartView,
  controlChartViews,
  splitCharts,
} from './evidence/type/control-chart-views.ts'
import { distinctCohorts } from './evidence/type/distinct-cohorts.ts'
import { readNarrowedPoints } from './filtered-points.server.ts'
import { currentWarehouse, snapshotInfo } from './warehouse.server.ts'

export interface ControlChartsPage {
  interactionType: string
  month: Month
  charts: readonly ControlChartView[]
  /** Measures without anything beyond chance that are left out. */
  leftOutCount: number
  annotations: ChartAnnotations
  definitions: readonly MetricDefinitionView[]
}

/**
 * Every metric of the filtered contacts of a type on its control chart, final months up to the month. With `onlyFound`
 * those without anything beyond chance are left out, unless all are: drawn, they are most of a page of megabytes. Throws
 * not_found for a type without contacts.
 */
export async function getControlCharts(
  interactionType: string,
  month: Month,
  filter: EvidenceFilter,
  { onlyFound }: { onlyFound: boolean },
): Promise<ControlChartsPage> {
  const { db } = await currentWarehouse()
  const months = (await listMonths(db)).filter((one) => one <= month)
  const points =
    months[0] === undefined ? [] : await listMetricPoints(db, { from: months[0], through: month, interactionType })
  if (points.length === 0) {
    throw new OversightError(
      'not_found',
      `No contact of a type called "${interactionType}" is loaded up to ${month}. The overview lists all types.`,
    )
  }
  const charted = chartMetricPoints(
    distinctCohorts(isNarrowed(filter) ? await narrowedPoints(interactionType, month, filter) : points),
  )
  const drawn = chartMonths(months, month).map(parseMonth)
  const annotations = await getChartAnnotations(interactionType, drawn)
  const { found, calm } = splitCharts(charted)
  const isLeavingOut = onlyFound && found.length > 0
  const used = new Set<MetricId>(charted.map(({ metric }) => metric))
  return {
    interactionType,
    month,
    charts: controlChartViews(interactionType, isLeavingOut ? found : charted, drawn, month, annotations, filter),
    leftOutCount: isLeavingOut ? calm.length : 0,
    annotations,
    definitions: metricDefinitions(metricIds.filter((metric) => used.has(metric))),
  }
}

async function narrowedPoints(interactionType: string, month: Month, filter: EvidenceFilter) {
  const snapshot = await snapshotInfo()
  const points = snapshot === undefined ? [] : await readNarrowedPoints(filter, snapshot)
  return points.filter((point) => point.interactionType === interactionType && point.month <= month)
}
