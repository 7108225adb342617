import { type MetricDefinition, metricIds, metrics } from '#models/metrics.ts'
import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'

/** The catalogue of metrics as a file. */
export const loader = guarded(readers, async () =>
  csvResponse(
    tableCsv(
      columns,
      metricIds.map((id) => ({ id, ...(metrics[id] satisfies MetricDefinition as MetricDefinition) })),
    ),
    'oversight-metrics.csv',
  ),
)

type Row = MetricDefinition & { id: string }

const columns = {
  metric: (row: Row) => row.id,
  label: (row) => row.label,
  numerator: (row) => row.numerator,
  denominator: (row) => (row.denominator === 'none' ? null : row.denominator),
  per: (row) => row.per ?? null,
  unit: (row) => row.unit,
  better: (row) => row.better,
  interval: (row) => row.interval,
  maturity_hours: (row) => row.maturityHours,
  minimum_sample_count: (row) => row.minimumSample,
  definition_version: (row) => row.definitionVersion,
  why: (row) => row.why,
} satisfies Parameters<typeof tableCsv<Row>>[0]
