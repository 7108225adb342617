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
