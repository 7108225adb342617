import { countOf, formatCount } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { formatLimit } from '../evaluate/sentences.ts'
import type { TripWiresTable } from '../ledger/ledger-schema.ts'
import type { TripWireMetric } from '../policy/trip-wires.ts'

/** A condition that was signed with an expansion: when it holds, the type steps down by itself. */
export interface TripWire {
  id: string
  metric: TripWireMetric
  /** A share, an e-value, or a count: the value that may not be passed. */
  threshold: number
  /** The error limit that an e-value is counted against; null for other metrics. */
  against: number | null
}

export function toTripWire(row: TripWiresTable): TripWire {
  return {
    id: row.trip_wire_id,
    metric: row.metric,
    threshold: Number(row.threshold),
    against: row.against === null ? null : Number(row.against),
  }
}

/** The condition as the end of a sentence: "more than 0 critical defects are found in a month". */
export function describeTripWire({
  metric,
  threshold,
  against,
}: Pick<TripWire, 'metric' | 'threshold' | 'against'>): string {
  if (metric === 'critical_defects')
    return threshold === 0
      ? 'any critical defect is found in a month'
      : `more than ${countOf(threshold, 'critical defect')} are found in a month`
  if (metric === 'harm_e_value') {
    const limit = against === null ? 'its limit' : formatLimit(against)
    return `the evidence of a month that the error rate is over ${limit} reaches ${formatCount(threshold)} to 1`
  }
  const { label, better } = metrics[metric]
  return `${label} is shown to be ${better === 'higher' ? 'under' : 'over'} ${formatLimit(threshold)}`
}
