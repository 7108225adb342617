import type { MetricPoint } from '#models/metrics.ts'
import type { PointIndex } from './point-index.ts'
import { mainCsatScale } from './pooled-counts.ts'

const columns = [
  { metric: 'volume', cohort: 'all' },
  { metric: 'ai_share', cohort: 'all' },
  { metric: 'ai_error_rate', cohort: 'ai_participated' },
  { metric: 'csat_satisfied_rate', cohort: 'ai_participated' },
  { metric: 'repeat_contact_rate_48h', cohort: 'ai_participated' },
  { metric: 'unexpected_escalation_rate', cohort: 'ai_participated' },
] as const

/** The numbers of the month that the list of types shows, type by type, largest first; CSAT on the scale that it names. */
export function typeListPoints(points: PointIndex, month: string): MetricPoint[] {
  return points.typesIn(month).flatMap((interactionType) =>
    columns.flatMap((column) => {
      const scale =
        column.metric === 'csat_satisfied_rate'
          ? mainCsatScale(points, { months: [month], types: [interactionType] })
          : null
      return points.find({ ...column, interactionType, month, scale }) ?? []
    }),
  )
}
