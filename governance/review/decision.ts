import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { DecisionKind, DecisionsTable, ProposalAction } from '../ledger/ledger-schema.ts'

export interface Decision {
  id: string
  kind: DecisionKind
  /** Evidence month of a cycle decision, YYYY-MM. */
  month: string | null
  interactionType: string
  proposalId: string | null
  action: ProposalAction | 'baseline'
  fromLevel: OversightLevel | null
  toLevel: OversightLevel | null
  reason: string
  /** What the signature meant, in one sentence. */
  meaning: string
  evidenceHash: string | null
  policyVersion: number
  decidedAt: Date
  signer: { id: string; name: string; role: string }
  effectiveAt: Date
  validUntil: Date
  /** Of a stop: by when another approver has to look at it. */
  approvalDueAt: Date | null
}

export function toDecision(row: DecisionsTable): Decision {
  return {
    id: row.decision_id,
    kind: row.kind,
    month: row.review_month,
    interactionType: row.interaction_type,
    proposalId: row.proposal_id,
    action: row.action,
    fromLevel: row.from_level,
    toLevel: row.to_level,
    reason: row.reason,
    meaning: row.meaning,
    evidenceHash: row.evidence_sha256,
    policyVersion: row.policy_version,
    decidedAt: new Date(row.decided_at),
    signer: { id: row.decided_by, name: row.signer_name, role: row.signer_role },
    effectiveAt: new Date(row.effective_at),
    validUntil: new Date(row.valid_until),
    approvalDueAt: row.approval_due_at === null ? null : new Date(row.approval_due_at),
  }
}
