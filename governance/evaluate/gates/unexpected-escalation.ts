import type { GateResult } from '../evaluation.ts'
import type { TypeEvidence } from '../type-evidence.ts'
import { notWorseGate } from './not-worse.ts'

/** G5. Escalations that no written trigger called for, against the reference months. */
export function unexpectedEscalationGate(evidence: TypeEvidence): GateResult {
  return notWorseGate(evidence, {
    gate: 'G5',
    label: 'Unexpected escalation',
    metric: 'unexpected_escalation_rate',
    subject: 'Unexpected escalation',
    ...evidence.policy.gates.G5,
  })
}
