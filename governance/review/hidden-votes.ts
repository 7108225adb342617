import type { Kysely } from 'kysely'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import type { ProposalState } from './proposal-state.ts'
import { listProposalFacts } from './proposals-of.ts'

/**
 * Whether the votes on a proposal are kept from somebody: while it takes votes, until they cast their own. Seeing how
 * others voted makes one vote alike. Nobody is excepted by role, as what one person sees another can be told.
 */
export function areVotesHidden(
  proposal: { state: ProposalState; voterIds: readonly string[] },
  viewerId: string | undefined,
): boolean {
  return viewerId !== undefined && proposal.state === 'open' && !proposal.voterIds.includes(viewerId)
}

/** Ids of the proposals whose votes this person may not see yet. */
export async function listHiddenProposals(db: Kysely<LedgerSchema>, viewerId: string): Promise<ReadonlySet<string>> {
  const voted = await db
    .selectFrom('votes')
    .innerJoin('proposals', 'proposals.proposal_id', 'votes.proposal_id')
    .innerJoin('reviews', 'reviews.review_month', 'proposals.review_month')
    .leftJoin('decisions', 'decisions.proposal_id', 'proposals.proposal_id')
    .select(['proposals.review_month', 'proposals.interaction_type'])
    .distinct()
    .where('reviews.state', '=', 'open')
    .where('decisions.decision_id', 'is', null)
    .execute()
  const hidden = new Set<string>()
  for (const { review_month, interaction_type } of voted) {
    for (const { row, state, votes } of await listProposalFacts(db, review_month, interaction_type)) {
      const voterIds = votes.map((vote) => vote.voter_id)
      if (areVotesHidden({ state, voterIds }, viewerId)) hidden.add(row.proposal_id)
    }
  }
  return hidden
}
