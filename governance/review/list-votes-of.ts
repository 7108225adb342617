import type { VoteChoice } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

/** One signed vote with what it was about. */
export interface VoteOfPerson {
  id: string
  month: string
  interactionType: string
  vote: VoteChoice
  meaning: string
  reason: string
  signedAt: Date
}

/** Every vote that one person signed, newest first. */
export async function listVotesOf(ledger: Pick<Ledger, 'db'>, userId: string): Promise<VoteOfPerson[]> {
  const rows = await ledger.db
    .selectFrom('votes')
    .innerJoin('proposals', 'proposals.proposal_id', 'votes.proposal_id')
    .select([
      'votes.vote_id',
      'votes.vote',
      'votes.meaning',
      'votes.reason',
      'votes.signed_at',
      'proposals.review_month',
      'proposals.interaction_type',
    ])
    .where('votes.voter_id', '=', userId)
    .orderBy('votes.signed_at', 'desc')
    .orderBy('votes.vote_id')
    .execute()
  return rows.map((row) => ({
    id: row.vote_id,
    month: row.review_month,
    interactionType: row.interaction_type,
    vote: row.vote,
    meaning: row.meaning,
    reason: row.reason,
    signedAt: new Date(row.signed_at),
  }))
}
