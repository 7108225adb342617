import { OversightError } from '#models/oversight-error.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { Recommendation } from '../evaluate/evaluation.ts'
import type { ProposalAction, VoteChoice } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { findRegisteredType } from '../registry/list-registered-types.ts'
import type { RegisteredType } from '../registry/registered-type.ts'
import { findCurrentEvidence } from './current-evidence.ts'
import { type Decision, toDecision } from './decision.ts'
import { type FrozenEvidence, thawEvidence } from './frozen-evidence.ts'
import { findCycleDecision } from './get-open-review.ts'
import { areVotesHidden } from './hidden-votes.ts'
import type { ProposalState } from './proposal-state.ts'
import { listProposalFacts, type ProposalFacts } from './proposals-of.ts'
import type { TripWire } from './trip-wire.ts'

interface Vote {
  id: string
  voter: { id: string; name: string; role: string }
  vote: VoteChoice
  reason: string
  meaning: string
  /** Content hash of the evidence that was seen. */
  evidenceHash: string
  signedAt: Date
  timeZone: string
}

export interface Proposal {
  id: string
  action: ProposalAction
  recommendation: Recommendation
  isOverride: boolean
  fromLevel: OversightLevel | null
  toLevel: OversightLevel | null
  reason: string
  requiredApprovals: number
  /** null while the votes are hidden. */
  approvals: number | null
  evidenceHash: string
  proposedBy: { id: string; name: string }
  proposedAt: Date
  state: ProposalState
  withdrawal: { reason: string; by: string; at: Date } | null
  /** What steps the type down by itself once this is decided. */
  tripWires: TripWire[]
  /** Empty while they are hidden. */
  votes: Vote[]
  /** Others' votes are kept from the viewer until their own is cast or the proposal takes no more. */
  areVotesHidden: boolean
}

/** One type in one review: all that the review room shows. */
export interface ReviewType {
  month: string
  interactionType: string
  reviewState: 'open' | 'closed'
  policyVersion: number
  reportingTimeZone: string
  dueAt: Date
  /** null before the freeze. */
  evidence: FrozenEvidence | null
  /** null when unregistered. */
  registration: RegisteredType | null
  /** Level in force now. */
  level: OversightLevel | null
  levelSince: Date | null
  /** Newest first; at most one is open. */
  proposals: Proposal[]
  decision: Decision | null
}

/** As the viewer may see it: all when none is given. Throws not_found when the type is not in a review of the month. */
export async function getReviewType(
  ledger: Pick<Ledger, 'db'>,
  input: { month: string; interactionType: string; viewerId?: string },
): Promise<ReviewType> {
  const { month, interactionType } = input
  const { db } = ledger
  const review = await db
    .selectFrom('review_types')
    .innerJoin('reviews', 'reviews.review_month', 'review_types.review_month')
    .selectAll('reviews')
    .where('review_types.review_month', '=', month)
    .where('review_types.interaction_type', '=', interactionType)
    .executeTakeFirst()
  if (review === undefined) {
    throw new OversightError('not_found', `${interactionType} is not in a review of ${month}.`)
  }
  const evidence = await findCurrentEvidence(db, month, interactionType)
  const decision = await findCycleDecision(db, month, interactionType)
  const inForce = await findOpenLevel(db, interactionType)
  const facts = await listProposalFacts(db, month, interactionType)
  const names = await namesOf(
    ledger,
    facts.map(({ row }) => row.proposed_by),
  )
  return {
    month,
    interactionType,
    reviewState: review.state,
    policyVersion: review.policy_version,
    reportingTimeZone: review.reporting_time_zone,
    dueAt: new Date(review.due_at),
    evidence: evidence === undefined ? null : thawEvidence(evidence),
    registration: (await findRegisteredType(ledger, interactionType)) ?? null,
    level: inForce?.level ?? null,
    levelSince: inForce?.since ?? null,
    proposals: facts.map((fact) => toProposal(fact, names, input.viewerId)).reverse(),
    decision: decision === undefined ? null : toDecision(decision),
  }
}

async function namesOf(ledger: Pick<Ledger, 'db'>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ledger.db.selectFrom('users').select(['user_id', 'name']).where('user_id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.user_id, row.name]))
}

function toProposal(
  { row, votes, state, withdrawal, tripWires }: ProposalFacts,
  names: ReadonlyMap<string, string>,
  viewerId: string | undefined,
): Proposal {
  const isHidden = areVotesHidden({ state, voterIds: votes.map((vote) => vote.voter_id) }, viewerId)
  return {
    id: row.proposal_id,
    action: row.action,
    recommendation: row.recommendation,
    isOverride: row.is_override === 1,
    fromLevel: row.from_level,
    toLevel: row.to_level,
    reason: row.reason,
    requiredApprovals: row.required_approval_count,
    approvals: isHidden ? null : votes.filter((vote) => vote.vote === 'approve').length,
    evidenceHash: row.evidence_sha256,
    proposedBy: { id: row.proposed_by, name: names.get(row.proposed_by) ?? row.proposed_by },
    proposedAt: new Date(row.proposed_at),
    state,
    withdrawal: withdrawal === null ? null : { ...withdrawal, at: new Date(withdrawal.at) },
    tripWires,
    areVotesHidden: isHidden,
    votes: (isHidden ? [] : votes).map((vote) => ({
      id: vote.vote_id,
      voter: { id: vote.voter_id, name: vote.voter_name, role: vote.voter_role },
      vote: vote.vote,
      reason: vote.reason,
      meaning: vote.meaning,
      evidenceHash: vote.evidence_sha256,
      signedAt: new Date(vote.signed_at),
      timeZone: vote.time_zone,
    })),
  }
}
