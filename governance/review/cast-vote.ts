import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { getActiveUser } from '../accounts/acting-user.ts'
import { reauthenticate } from '../accounts/reauthenticate.ts'
import { trainingOf } from '../accounts/training.ts'
import type { Actor } from '../audit/audit-event.ts'
import { plainText } from '../audit/plain-text.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change, type LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { DecisionsTable } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { refuseUnopenedCases } from './cases-to-open.ts'
import { findCurrentEvidence } from './current-evidence.ts'
import { type Decision, toDecision } from './decision.ts'
import { type FrozenEvidence, thawEvidence } from './frozen-evidence.ts'
import { getOpenReview } from './get-open-review.ts'
import { insertDecision } from './insert-decision.ts'
import { meaningOf } from './meaning.ts'
import { refuseOvertakenExpansion } from './newest-review.ts'
import { getProposalFacts, type ProposalFacts } from './proposals-of.ts'
import { findPolicy } from './published-policy.ts'
import { type Receipt, receiptOf } from './receipt-of.ts'
import { voteObstacle } from './vote-obstacle.ts'

const inputSchema = z
  .object({
    proposalId: z.string().min(1),
    vote: z.enum(['approve', 'reject', 'abstain']),
    /** Required to reject and to abstain. */
    reason: plainText(4000),
    /** Content hash of the evidence on the page that was signed. */
    evidenceHash: z.string(),
  })
  .refine((input) => input.vote === 'approve' || input.reason !== '', {
    path: ['reason'],
    message: 'Say why you reject or abstain.',
  })

export interface SignedVote {
  voteId: string
  meaning: string
  /** The decision, when this vote completed the approvals. */
  decision: Decision | null
  receipt: Receipt
}

/**
 * Signs a vote with the password given again; the vote that completes the approvals records the decision and sets the
 * level in the same transaction. Afterwards a checkpoint is signed and the receipt given. Throws unauthenticated,
 * forbidden (separation of duties), not_found, and conflict: no longer open, voted already, the evidence seen is not
 * the current one, the level changed meanwhile, or failed contacts drawn for the voter are unopened.
 */
export async function castVote(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: string; password: string },
  clock: Clock,
): Promise<SignedVote> {
  const ballot = parseInput(inputSchema, input, 'The vote')
  await reauthenticate(ledger, input, clock)
  const signed = await change(ledger, async (db) => {
    const proposal = await getProposalFacts(db, ballot.proposalId)
    const review = await getOpenReview(db, proposal.row.review_month)
    const { row } = proposal
    const frozen = await findCurrentEvidence(db, row.review_month, row.interaction_type)
    const evidence = frozen === undefined ? undefined : thawEvidence(frozen)
    const signer = await entitledSigner(db, input.by, ballot.vote, proposal, evidence, {
      now: clock.now,
      policyVersion: review.policy_version,
    })
    await refuseOutdated(db, proposal, ballot.evidenceHash, input.by)
    if (evidence !== undefined) {
      await refuseUnopenedCases(db, { action: row.action, evidence, voterId: input.by })
    }
    if (ballot.vote === 'approve') {
      await refuseOvertakenExpansion(db, {
        action: row.action,
        month: row.review_month,
        interactionType: row.interaction_type,
      })
    }
    const voteId = clock.newId()
    const meaning = meaningOf(ballot.vote, {
      action: row.action,
      interactionType: row.interaction_type,
      toLevel: row.to_level,
    })
    await db
      .insertInto('votes')
      .values({
        vote_id: voteId,
        proposal_id: row.proposal_id,
        voter_id: signer.id,
        voter_name: signer.name,
        voter_role: signer.role,
        vote: ballot.vote,
        reason: ballot.reason,
        meaning,
        evidence_sha256: ballot.evidenceHash,
        authentication: 'password',
        signed_at: clock.now.toISOString(),
        time_zone: review.reporting_time_zone,
      })
      .execute()
    const voteSeq = await recordEvent(
      db,
      clock,
      signer,
      {
        action: 'vote-cast',
        object: { type: 'proposal', id: row.proposal_id },
        data: { voteId, vote: ballot.vote, meaning, evidenceSha256: ballot.evidenceHash, authentication: 'password' },
      },
      ['votes', voteId],
    )
    const approvals = proposal.votes.filter((vote) => vote.vote === 'approve').length
    const isComplete = ballot.vote === 'approve' && approvals + 1 >= row.required_approval_count
    const decision = isComplete ? await decide(db, clock, signer, proposal, meaning, review.policy_version) : null
    return { voteId, meaning, decision: decision?.row ?? null, seq: decision?.seq ?? voteSeq }
  })
  return {
    voteId: signed.voteId,
    meaning: signed.meaning,
    decision: signed.decision === null ? null : toDecision(signed.decision),
    receipt: await receiptOf(ledger, signed.seq),
  }
}

async function entitledSigner(
  db: LedgerTransaction,
  by: string,
  vote: 'approve' | 'reject' | 'abstain',
  { row }: ProposalFacts,
  evidence: FrozenEvidence | undefined,
  { now, policyVersion }: { now: Date; policyVersion: number },
): Promise<Actor> {
  const user = await getActiveUser(db, by)
  const type = await db
    .selectFrom('interaction_types')
    .select('owner_id')
    .where('interaction_type', '=', row.interaction_type)
    .executeTakeFirst()
  const obstacle = voteObstacle(vote, {
    proposal: { action: row.action, isOverride: row.is_override === 1, proposedBy: row.proposed_by },
    voter: user,
    ownerId: type?.owner_id ?? null,
    majorityReviewer: evidence?.majorityReviewer ?? null,
    training: await trainingOf(db, by, now, (await findPolicy(db, policyVersion))?.policy ?? {}),
  })
  if (obstacle !== null) throw new OversightError('forbidden', obstacle)
  return { id: user.id, name: user.name, role: user.roles.includes('approver') ? 'approver' : 'type owner' }
}

async function refuseOutdated(
  db: LedgerTransaction,
  { row, state, votes }: ProposalFacts,
  evidenceHash: string,
  by: string,
): Promise<void> {
  if (votes.some((vote) => vote.voter_id === by)) {
    throw new OversightError('conflict', 'You voted on this proposal already; a vote is never changed.')
  }
  if (state === 'stale' || (state === 'open' && evidenceHash !== row.evidence_sha256)) {
    throw new OversightError(
      'conflict',
      'The evidence changed since you saw it, so nothing was signed. Read the new numbers; a new proposal is needed.',
    )
  }
  if (state !== 'open') throw new OversightError('conflict', `This proposal is ${state}; it takes no more votes.`)
  const level = (await findOpenLevel(db, row.interaction_type))?.level ?? null
  if (level !== row.from_level) {
    throw new OversightError(
      'conflict',
      `The level of ${row.interaction_type} changed since this was proposed. Withdraw it and propose again.`,
    )
  }
}

async function decide(
  db: LedgerTransaction,
  clock: Clock,
  signer: Actor,
  { row }: ProposalFacts,
  meaning: string,
  policyVersion: number,
): Promise<{ row: DecisionsTable; seq: number }> {
  const published = await findPolicy(db, policyVersion)
  if (published === undefined) throw new OversightError('internal', `Policy ${policyVersion} is not stored.`)
  return insertDecision(db, clock, signer, {
    kind: 'cycle',
    review_month: row.review_month,
    interaction_type: row.interaction_type,
    proposal_id: row.proposal_id,
    action: row.action,
    from_level: row.from_level,
    to_level: row.to_level,
    reason: row.reason,
    meaning,
    evidence_sha256: row.evidence_sha256,
    policy_version: policyVersion,
    approval_due_at: null,
    validityMonths: published.policy.validityMonths,
  })
}
