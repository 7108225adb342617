import type { Operation } from './operation.ts'
import { getAutonomy, getTypeAutonomy } from './operations/get-autonomy.ts'
import { getAutonomyFlags } from './operations/get-autonomy-flags.ts'
import { getDatasetRows } from './operations/get-dataset-rows.ts'
import { getCheckpoint, listAuditEvents } from './operations/list-audit-events.ts'
import { listDatasets } from './operations/list-datasets.ts'
import { listDecisions } from './operations/list-decisions.ts'
import { listMetricDefinitions, listMetrics } from './operations/list-metrics.ts'
import { reviewList, reviewOfMonth } from './operations/list-reviews.ts'

/** Everything that /api/v1 answers: the router, the OpenAPI document, the page and the tests are made from this list. */
export const operations: readonly Operation[] = [
  getAutonomy,
  getTypeAutonomy,
  getAutonomyFlags,
  listDatasets,
  getDatasetRows,
  listMetrics,
  listMetricDefinitions,
  reviewList,
  reviewOfMonth,
  listDecisions,
  listAuditEvents,
  getCheckpoint,
]
