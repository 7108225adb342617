import { expect, it } from 'vitest'
import { autonomyLadder } from '#app/evidence/overview/autonomy-ladder.ts'
import type { Decision } from '#governance/review/decision.ts'

const move = (id: string, effectiveAt: string): Decision => ({
  id,
  kind: 'cycle',
  month: '2025-02',
  interactionType: 'order_status',
  proposalId: null,
  action: 'expand',
  fromLevel: 'human_in_the_loop',
  toLevel: 'human_on_the_loop',
  reason: '',
  meaning: '',
  evidenceHash: null,
  policyVersion: 1,
  decidedAt: new Date(effectiveAt),
  signer: { id: 'c', name: 'Approver C', role: 'approver' },
  effectiveAt: new Date(effectiveAt),
  validUntil: new Date('2026-01-01T00:00:00Z'),
  approvalDueAt: null,
})

it('names everybody who signed a move, and leaves out those of earlier years', () => {
  const { moves } = autonomyLadder({
    month: '2025-06',
    types: ['order_status'],
    standings: [],
    decisions: [move('two', '2025-03-11T10:00:00Z'), move('old', '2024-12-30T10:00:00Z')],
    approvers: new Map([['two', ['Approver B']]]),
    timeZone: 'UTC',
  })
  expect(moves.map(({ when }) => when)).toEqual(['11 Mar 2025, Approver C, Approver B'])
})
