import type { Ledger } from '../ledger/open-ledger.ts'
import type { VoteRecord } from './oversight-fatigue.ts'

/** Every vote signed since, oldest first, with the time that the voter took from first opening the type. */
export async function listVoteRecords(ledger: Pick<Ledger, 'db'>, since: Date): Promise<VoteRecord[]> {
  const rows = await ledger.db
    .selectFrom('votes')
    .innerJoin('proposals', 'proposals.proposal_id', 'votes.proposal_id')
    .leftJoin('review_openings as opening', (join) =>
      join
        .onRef('opening.review_month', '=', 'proposals.review_month')
        .onRef('opening.interaction_type', '=', 'proposals.interaction_type')
        .onRef('opening.opener_id', '=', 'votes.voter_id')
        .on('opening.subject', '=', 'type'),
    )
    .select([
      'votes.voter_id',
      'votes.voter_name',
      'votes.vote',
      'votes.signed_at',
      'proposals.action',
      'proposals.is_override',
      'opening.opened_at',
    ])
    .where('votes.signed_at', '>=', since.toISOString())
    .orderBy('votes.signed_at')
    .orderBy('votes.vote_id')
    .execute()
  return rows.map((row) => ({
    voter: { id: row.voter_id, name: row.voter_name },
    vote: row.vote,
    action: row.action,
    isOverride: row.is_override === 1,
    signedAt: new Date(row.signed_at),
    secondsToVote: row.opened_at === null ? null : (Date.parse(row.signed_at) - Date.parse(row.opened_at)) / 1000,
  }))
}
