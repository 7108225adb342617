import type { Ledger } from '../ledger/open-ledger.ts'

/** Who approved each decision that moved a level, beside its signer, in the order of signing; by decision id. */
export async function listMoveApprovers({ db }: Pick<Ledger, 'db'>): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('votes')
    .innerJoin('decisions', 'decisions.proposal_id', 'votes.proposal_id')
    .select(['decisions.decision_id', 'votes.voter_name'])
    .where('votes.vote', '=', 'approve')
    .whereRef('votes.voter_id', '<>', 'decisions.decided_by')
    .whereRef('decisions.from_level', '<>', 'decisions.to_level')
    .orderBy('votes.signed_at')
    .orderBy('votes.vote_id')
    .execute()
  const approvers = new Map<string, string[]>()
  for (const { decision_id, voter_name } of rows) {
    approvers.set(decision_id, [...(approvers.get(decision_id) ?? []), voter_name])
  }
  return approvers
}
