import type { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { Recommendation, TypeEvaluation } from '../evaluate/evaluation.ts'
import type { LedgerSchema, ProposalAction, ReviewsTable, VotesTable } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { type Decision, toDecision } from './decision.ts'
import { findCycleDecision } from './get-open-review.ts'
import { areVotesHidden } from './hidden-votes.ts'
import { listFrozenEvaluations } from './list-frozen-evaluations.ts'
import type { ProposalState } from './proposal-state.ts'
import { listProposalFacts } from './proposals-of.ts'

/** One month's cycle, without its types. */
export interface ReviewSummary {
  month: string
  /** decided: every type has its decision, the review waits to be closed. */
  state: 'open' | 'decided' | 'closed'
  reportingTimeZone: string
  policyVersion: number
  openedAt: Date
  openedBy: string
  dueAt: Date
  closedAt: Date | null
  typeCount: number
  decidedCount: number
}

/** One type in a review, as the list of the review room shows it. */
export interface ReviewTypeSummary {
  interactionType: string
  /** Level in force now. */
  level: OversightLevel | null
  isRegistered: boolean
  /** null before the evidence is frozen. */
  recommendation: Recommendation | null
  firstReason: string | null
  /** The newest proposal. */
  proposal: {
    id: string
    action: ProposalAction
    state: ProposalState
    /** null while the votes are hidden from the viewer. */
    approvals: number | null
    rejections: number | null
    abstentions: number | null
    requiredApprovals: number
  } | null
  decision: Decision | null
}

export interface Review extends ReviewSummary {
  types: ReviewTypeSummary[]
}

/** The review of a month with its types, as the viewer may see it (all when none is given); undefined when it was never opened. */
export async function findReview(
  ledger: Pick<Ledger, 'db'>,
  month: string,
  viewerId?: string,
): Promise<Review | undefined> {
  return (await findJudgedReview(ledger, month, viewerId))?.review
}

/** The same, with what the rules said of each type when its evidence was frozen: one read serves both. */
export async function findJudgedReview(
  ledger: Pick<Ledger, 'db'>,
  month: string,
  viewerId?: string,
): Promise<{ review: Review; evaluations: ReadonlyMap<string, TypeEvaluation> } | undefined> {
  const { db } = ledger
  const row = await db.selectFrom('reviews').selectAll().where('review_month', '=', month).executeTakeFirst()
  if (row === undefined) return undefined
  const members = await db
    .selectFrom('review_types')
    .leftJoin('interaction_types', 'interaction_types.interaction_type', 'review_types.interaction_type')
    .select(['review_types.interaction_type', 'interaction_types.owner_id'])
    .where('review_month', '=', month)
    .orderBy('review_types.interaction_type')
    .execute()
  const evaluations = await listFrozenEvaluations(db, month)
  const types: ReviewTypeSummary[] = []
  for (const { interaction_type, owner_id } of members) {
    const evaluation = evaluations.get(interaction_type)
    types.push(await summaryOfType(db, { month, interaction_type, evaluation, viewerId }, owner_id !== null))
  }
  const decidedCount = types.filter((type) => type.decision !== null).length
  return { review: { ...summary(row, types.length, decidedCount), types }, evaluations }
}

/** Every review, newest month first. */
export async function listReviews(ledger: Pick<Ledger, 'db'>): Promise<ReviewSummary[]> {
  const rows = await ledger.db.selectFrom('reviews').selectAll().orderBy('review_month', 'desc').execute()
  const counts = await ledger.db
    .selectFrom('review_types as type')
    .leftJoin('decisions as decision', (join) =>
      join
        .onRef('decision.review_month', '=', 'type.review_month')
        .onRef('decision.interaction_type', '=', 'type.interaction_type'),
    )
    .select((of) => [
      'type.review_month',
      of.fn.count('type.interaction_type').as('typeCount'),
      of.fn.count('decision.decision_id').as('decidedCount'),
    ])
    .groupBy('type.review_month')
    .execute()
  const countOf = new Map(counts.map((count) => [count.review_month, count]))
  return rows.map((row) => {
    const count = countOf.get(row.review_month)
    return summary(row, Number(count?.typeCount ?? 0), Number(count?.decidedCount ?? 0))
  })
}

function summary(row: ReviewsTable, typeCount: number, decidedCount: number): ReviewSummary {
  return {
    month: row.review_month,
    state: row.state === 'open' && typeCount === decidedCount ? 'decided' : row.state,
    reportingTimeZone: row.reporting_time_zone,
    policyVersion: row.policy_version,
    openedAt: new Date(row.opened_at),
    openedBy: row.opened_by,
    dueAt: new Date(row.due_at),
    closedAt: row.closed_at === null ? null : new Date(row.closed_at),
    typeCount,
    decidedCount,
  }
}

async function summaryOfType(
  db: Kysely<LedgerSchema>,
  of: { month: string; interaction_type: string; evaluation: TypeEvaluation | undefined; viewerId: string | undefined },
  isRegistered: boolean,
): Promise<ReviewTypeSummary> {
  const { month, interaction_type: interactionType, evaluation, viewerId } = of
  const newest = (await listProposalFacts(db, month, interactionType)).at(-1)
  const decision = await findCycleDecision(db, month, interactionType)
  const voterIds = newest?.votes.map((vote) => vote.voter_id) ?? []
  const isHidden = newest !== undefined && areVotesHidden({ state: newest.state, voterIds }, viewerId)
  const count = (vote: VotesTable['vote']) =>
    isHidden ? null : (newest?.votes.filter((one) => one.vote === vote).length ?? 0)
  return {
    interactionType,
    level: (await findOpenLevel(db, interactionType))?.level ?? null,
    isRegistered,
    recommendation: evaluation?.recommendation ?? null,
    firstReason: evaluation?.reasons[0] ?? null,
    proposal:
      newest === undefined
        ? null
        : {
            id: newest.row.proposal_id,
            action: newest.row.action,
            state: newest.state,
            approvals: count('approve'),
            rejections: count('reject'),
            abstentions: count('abstain'),
            requiredApprovals: newest.row.required_approval_count,
          },
    decision: decision === undefined ? null : toDecision(decision),
  }
}

/** Throws not_found when the review was never opened. */
export async function getReview(ledger: Pick<Ledger, 'db'>, month: string): Promise<Review> {
  const review = await findReview(ledger, month)
  if (review === undefined) throw new OversightError('not_found', `There is no review of ${month}.`)
  return review
}
