import type { TripWireMetric } from '#governance/policy/trip-wires.ts'
import { type MetricId, metrics } from '#models/metrics.ts'
import type { PolicyUnit } from './policy-fields.ts'

/** Everything that a trip-wire may watch, with the unit of its threshold. */
export const tripWireUnits: Readonly<Record<TripWireMetric, PolicyUnit>> = {
  ai_error_rate: 'percent',
  repeat_contact_rate_48h: 'percent',
  unexpected_escalation_rate: 'percent',
  csat_satisfied_rate: 'percent',
  critical_defects: 'contacts',
  harm_e_value: 'number',
}

export const tripWireMetrics = Object.keys(tripWireUnits) as TripWireMetric[]

/** What a trip-wire watches. */
export function tripWireName(metric: TripWireMetric): string {
  return metric === 'harm_e_value' ? 'Harm e-value' : metrics[metric satisfies MetricId].label
}
