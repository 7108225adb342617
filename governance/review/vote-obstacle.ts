import type { Role } from '../accounts/roles.ts'
import { type Training, trainingObstacle } from '../accounts/training.ts'
import type { ProposalAction, VoteChoice } from '../ledger/ledger-schema.ts'

/** What decides who may vote how. */
export interface VoteSituation {
  proposal: { action: ProposalAction; isOverride: boolean; proposedBy: string }
  voter: { id: string; email: string; roles: readonly Role[] }
  /** Owner of the type; null when it is not registered. */
  ownerId: string | null
  /** Who reviewed more than half of the sample, as the source names them; null when nobody did. */
  majorityReviewer: string | null
  training: Training
}

/** Expanding, and keeping against the recommendation, take several people and bear no rejection. */
export function needsQuorum(proposal: { action: ProposalAction; isOverride: boolean }): boolean {
  return proposal.action === 'expand' || (proposal.action === 'keep' && proposal.isOverride)
}

/**
 * Why this person may not cast this vote, as a sentence, or null when they may. Separation of duties: whoever proposed
 * does not approve (but may reduce); the owner of the type and the reviewer of over half the sample do not approve
 * what needs a quorum; whose training has expired approves nothing but a reduction; the owner may approve a reduction
 * without being an approver.
 */
export function voteObstacle(
  vote: VoteChoice,
  { proposal, voter, ownerId, majorityReviewer, training }: VoteSituation,
): string | null {
  const isOwner = voter.id === ownerId
  if (!voter.roles.includes('approver') && !(isOwner && proposal.action === 'reduce')) {
    return 'Only approvers vote; the owner of a type may vote on reducing it.'
  }
  if (vote !== 'approve') return null
  if (proposal.action !== 'reduce' && proposal.proposedBy === voter.id) {
    return 'You proposed this, so another approver has to approve it.'
  }
  if (needsQuorum(proposal) && isOwner) return 'You own this type, so other approvers have to approve this.'
  if (needsQuorum(proposal) && (majorityReviewer === voter.id || majorityReviewer === voter.email)) {
    return 'You reviewed more than half of the sample, so other approvers have to approve this.'
  }
  return proposal.action === 'reduce' ? null : trainingObstacle(training)
}
