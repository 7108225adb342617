import { type MetricId, type MetricPoint, metricIds } from '#models/metrics.ts'
import { listFilteredPoints } from '#models/monthly/list-filtered-points.ts'
import { type EvidenceFilter, isNarrowed } from './evidence/filter/evidence-filter.ts'
import { filteredIndex } from './evidence/filter/filtered-index.ts'
import { typesOfArea } from './evidence/filter/types-of-area.ts'
import type { PointIndex } from './evidence/point-index.ts'
import type { MonthEvidence } from './month-evidence.server.ts'
import { oncePerSnapshot } from './warehouse.server.ts'

type FilterableMetric = Exclude<MetricId, 'qa_oldest_open_days'>
const filterable = metricIds.filter((id): id is FilterableMetric => id !== 'qa_oldest_open_days')

/** The points of the filtered contacts; those of all contacts where nothing narrows them. */
export async function readFilteredPoints(
  { points, snapshot, registered }: Pick<MonthEvidence, 'points' | 'snapshot' | 'registered'>,
  filter: EvidenceFilter,
): Promise<PointIndex> {
  const narrowed = isNarrowed(filter) ? await readNarrowedPoints(filter, snapshot) : null
  return filteredIndex(points, filter, narrowed, filter.area === null ? null : typesOfArea(filter.area, registered))
}

/** Every month and type of the contacts that fit, whatever the area; kept for as long as the snapshot is served. */
export function readNarrowedPoints(
  { channel, customerTier, aiVersion }: EvidenceFilter,
  { reportingTimeZone, loadedThrough }: Pick<MonthEvidence['snapshot'], 'reportingTimeZone' | 'loadedThrough'>,
): Promise<readonly MetricPoint[]> {
  const contacts = { channel, customerTier, aiVersion }
  return oncePerSnapshot(`points ${JSON.stringify(contacts)}`, (warehouse) =>
    listFilteredPoints(warehouse, { contacts, metrics: filterable, reportingTimeZone, loadedThrough }),
  )
}
