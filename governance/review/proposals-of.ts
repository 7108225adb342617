import type { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import type { LedgerSchema, ProposalsTable, VotesTable } from '../ledger/ledger-schema.ts'
import { findCurrentEvidence } from './current-evidence.ts'
import { type ProposalState, proposalState } from './proposal-state.ts'
import { type TripWire, toTripWire } from './trip-wire.ts'
import { needsQuorum } from './vote-obstacle.ts'

export interface ProposalFacts {
  row: ProposalsTable
  votes: VotesTable[]
  state: ProposalState
  withdrawal: { reason: string; by: string; at: string } | null
  tripWires: TripWire[]
}

/** Every proposal of a month and type with its votes and where it stands, oldest first. */
export async function listProposalFacts(
  db: Kysely<LedgerSchema>,
  month: string,
  interactionType: string,
): Promise<ProposalFacts[]> {
  const current = await findCurrentEvidence(db, month, interactionType)
  const rows = await db
    .selectFrom('proposals')
    .selectAll()
    .where('review_month', '=', month)
    .where('interaction_type', '=', interactionType)
    .orderBy('proposed_at')
    .orderBy('proposal_id')
    .execute()
  const facts: ProposalFacts[] = []
  for (const row of rows) {
    const of = row.proposal_id
    const votes = await db
      .selectFrom('votes')
      .selectAll()
      .where('proposal_id', '=', of)
      .orderBy('signed_at')
      .orderBy('vote_id')
      .execute()
    const wires = await db
      .selectFrom('trip_wires')
      .selectAll()
      .where('proposal_id', '=', of)
      .orderBy('metric')
      .execute()
    const withdrawal = await db
      .selectFrom('proposal_withdrawals')
      .selectAll()
      .where('proposal_id', '=', of)
      .executeTakeFirst()
    const decision = await db
      .selectFrom('decisions')
      .select('decision_id')
      .where('proposal_id', '=', of)
      .executeTakeFirst()
    const state = proposalState({
      isDecided: decision !== undefined,
      isWithdrawn: withdrawal !== undefined,
      isEvidenceCurrent: current?.evidence_id === row.evidence_id,
      hasRejection: votes.some((vote) => vote.vote === 'reject'),
      needsQuorum: needsQuorum({ action: row.action, isOverride: row.is_override === 1 }),
    })
    facts.push({
      row,
      votes,
      state,
      tripWires: wires.map(toTripWire),
      withdrawal:
        withdrawal === undefined
          ? null
          : { reason: withdrawal.reason, by: withdrawal.withdrawn_by, at: withdrawal.withdrawn_at },
    })
  }
  return facts
}

/** One proposal with its votes and where it stands. Throws not_found. */
export async function getProposalFacts(db: Kysely<LedgerSchema>, proposalId: string): Promise<ProposalFacts> {
  const place = await db
    .selectFrom('proposals')
    .select(['review_month', 'interaction_type'])
    .where('proposal_id', '=', proposalId)
    .executeTakeFirst()
  const all = place === undefined ? [] : await listProposalFacts(db, place.review_month, place.interaction_type)
  const found = all.find((proposal) => proposal.row.proposal_id === proposalId)
  if (found === undefined) throw new OversightError('not_found', 'There is no such proposal.')
  return found
}
