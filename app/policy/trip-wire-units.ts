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

/** From which side it fires. Shares fire only when their bound is beyond, which is what "shown" means. */
export const tripWireDirections: Readonly<Record<TripWireMetric, string>> = {
  ai_error_rate: 'shown over',
  repeat_contact_rate_48h: 'shown over',
  unexpected_escalation_rate: 'shown over',
  csat_satisfied_rate: 'shown under',
  critical_defects: 'more than',
  harm_e_value: 'at least',
}

export const tripWireMetrics = Object.keys(tripWireUnits) as TripWireMetric[]

/** What a trip-wire watches. */
export function tripWireName(metric: TripWireMetric): string {
  return metric === 'harm_e_value' ? 'Harm e-value' : metrics[metric satisfies MetricId].label
}
