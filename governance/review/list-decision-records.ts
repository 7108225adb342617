import type { VoteChoice } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import type { Decision } from './decision.ts'
import { listDecisions } from './list-decisions.ts'

/** One signed vote on the proposal that a decision came from. */
interface DecisionVote {
  voter: { id: string; name: string; role: string }
  vote: VoteChoice
  reason: string
  signedAt: Date
}

/** A decision with everybody who had a say in it, and its place in the audit trail. */
export interface DecisionRecord extends Decision {
  /** In the order of signing; none for baselines and stops, which one person signs. */
  votes: readonly DecisionVote[]
  /** Approvals that the proposal needed; 1 where one person signs. */
  requiredApprovals: number
  /** The decision went against what the evidence recommended. */
  isOverride: boolean
  /** Of a stop: who looked at it afterwards; null while nobody did, and for other kinds. */
  stopApproval: { approver: { id: string; name: string }; reason: string; approvedAt: Date } | null
  /** Number of its event in the trail; null only when the trail lost it. */
  seq: number | null
}

/** Every decision of every kind, newest first. */
export async function listDecisionRecords(ledger: Pick<Ledger, 'db'>): Promise<DecisionRecord[]> {
  const { db } = ledger
  const [decisions, votes, proposals, approvals, events] = [
    await listDecisions(ledger),
    await db
      .selectFrom('votes')
      .innerJoin('decisions', 'decisions.proposal_id', 'votes.proposal_id')
      .selectAll('votes')
      .select('decisions.decision_id')
      .orderBy('votes.signed_at')
      .orderBy('votes.vote_id')
      .execute(),
    await db
      .selectFrom('proposals')
      .innerJoin('decisions', 'decisions.proposal_id', 'proposals.proposal_id')
      .select(['decisions.decision_id', 'proposals.required_approval_count', 'proposals.is_override'])
      .execute(),
    await db.selectFrom('stop_approvals').selectAll().execute(),
    await db
      .selectFrom('audit_events')
      .select(['seq', 'object_id'])
      .where('action', '=', 'decision-recorded')
      .execute(),
  ]
  const proposalOf = new Map(proposals.map((row) => [row.decision_id, row]))
  const approvalOf = new Map(approvals.map((row) => [row.decision_id, row]))
  const seqOf = new Map(events.map((row) => [row.object_id, row.seq]))
  const votesOf = new Map<string, DecisionVote[]>()
  for (const row of votes) {
    const vote = {
      voter: { id: row.voter_id, name: row.voter_name, role: row.voter_role },
      vote: row.vote,
      reason: row.reason,
      signedAt: new Date(row.signed_at),
    }
    votesOf.set(row.decision_id, [...(votesOf.get(row.decision_id) ?? []), vote])
  }
  return decisions.map((decision): DecisionRecord => {
    const approval = approvalOf.get(decision.id)
    const proposal = proposalOf.get(decision.id)
    return {
      ...decision,
      votes: votesOf.get(decision.id) ?? [],
      requiredApprovals: proposal?.required_approval_count ?? 1,
      isOverride: proposal?.is_override === 1,
      stopApproval:
        approval === undefined
          ? null
          : {
              approver: { id: approval.approver_id, name: approval.approver_name },
              reason: approval.reason,
              approvedAt: new Date(approval.approved_at),
            },
      seq: seqOf.get(decision.id) ?? null,
    }
  })
}
