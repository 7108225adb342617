import type { GateResult } from '../evaluation.ts'
import type { TypeEvidence } from '../type-evidence.ts'
import { notWorseGate } from './not-worse.ts'

/** G4. Repeat contact within 48 h of AI-participated contacts, against the reference months. */
export function repeatContactGate(evidence: TypeEvidence): GateResult {
  return notWorseGate(evidence, {
    gate: 'G4',
    label: 'Repeat contact, 48 h',
    metric: 'repeat_contact_rate_48h',
    subject: 'Repeat contact within 48 h',
    ...evidence.policy.gates.G4,
  })
}
