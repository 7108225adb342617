import type { DecisionRecord } from '#governance/review/list-decision-records.ts'

/** A signed keep decision of September 2026, changed where a test says so. */
export function decisionRecord(id: string, change: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    id,
    kind: 'cycle',
    month: '2026-09',
    interactionType: 'refund_request',
    proposalId: `p-${id}`,
    action: 'keep',
    fromLevel: 'human_in_the_loop',
    toLevel: 'human_in_the_loop',
    reason: '',
    meaning: 'approved keeping refund_request in-the-loop',
    evidenceHash: 'a'.repeat(64),
    policyVersion: 1,
    decidedAt: new Date('2026-10-14T09:00:00Z'),
    signer: { id: 'anna', name: 'Anna', role: 'approver' },
    effectiveAt: new Date('2026-10-14T09:00:00Z'),
    validUntil: new Date('2027-04-14T09:00:00Z'),
    approvalDueAt: null,
    votes: [],
    requiredApprovals: 1,
    isOverride: false,
    stopApproval: null,
    seq: 40,
    ...change,
  }
}
