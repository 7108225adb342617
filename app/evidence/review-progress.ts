import type { Recommendation, TypeEvaluation, TypeStanding } from '#governance/evaluate/evaluation.ts'
import type { Decision } from '#governance/review/decision.ts'
import type { Review, ReviewTypeSummary } from '#governance/review/find-review.ts'
import { countOf, formatDay } from '#models/format-metric.ts'
import type { PointIndex } from './point-index.ts'

/** How far the month's review has come; absent when none was opened. */
export interface ReviewProgress {
  month: string
  isOpen: boolean
  dueAt: Date
  types: ReadonlyMap<string, TypeProgress>
}

interface TypeProgress {
  proposal: Pick<
    NonNullable<ReviewTypeSummary['proposal']>,
    'action' | 'state' | 'approvals' | 'rejections' | 'abstentions' | 'requiredApprovals'
  > | null
  decision: Pick<Decision, 'action' | 'decidedAt'> | null
}

/** What the pages of evidence need of a review. */
export function reviewProgress(review: Review): ReviewProgress {
  return {
    month: review.month,
    isOpen: review.state !== 'closed',
    dueAt: review.dueAt,
    types: new Map(
      review.types.map(({ interactionType, proposal, decision }) => [interactionType, { proposal, decision }]),
    ),
  }
}

/** One thing still to decide: what is recommended, the one reason, how far the votes are. */
export interface OpenDecision {
  interactionType: string
  recommendation: Recommendation
  reason: string
  votes: string
  href: string
}

const order = { reduce: 0, expand: 1, keep: 2 } as const
const actionWords = { expand: 'Expand', keep: 'Keep', reduce: 'Reduce', baseline: 'Baseline' } as const

/** What is to decide for the month: reductions first, then expansions, then the rest by volume. */
export function listOpenDecisions(input: {
  types: readonly string[]
  month: string
  review: ReviewProgress | undefined
  evaluations: ReadonlyMap<string, TypeEvaluation>
  standings: ReadonlyMap<string, TypeStanding>
  points: PointIndex
}): OpenDecision[] {
  const { month, review, evaluations, standings } = input
  return input.types
    .flatMap((interactionType): OpenDecision[] => {
      const evaluation = evaluations.get(interactionType)
      const progress = review?.types.get(interactionType)
      const isRegistered = standings.get(interactionType)?.isRegistered ?? false
      if (evaluation === undefined || !isRegistered || progress?.decision != null) return []
      if (review !== undefined && progress === undefined) return []
      return [
        {
          interactionType,
          recommendation: openProposal(progress)?.action ?? evaluation.recommendation,
          reason: mainReason(evaluation),
          votes: review === undefined ? 'preview' : votesText(progress),
          href: reviewHref(month, interactionType),
        },
      ]
    })
    .sort((a, b) => order[a.recommendation] - order[b.recommendation])
}

/** The one sentence that says most: for a reduction what fails, for an expansion the error rate, else what stands in the way. */
function mainReason(evaluation: TypeEvaluation): string {
  if (evaluation.recommendation === 'expand') {
    const errors = evaluation.gates.find((gate) => gate.gate === 'G1')
    return errors === undefined ? (evaluation.reasons[0] ?? '') : `Every gate passes. ${errors.reason}`
  }
  if (evaluation.recommendation === 'reduce') return evaluation.reasons[0] ?? ''
  const open = evaluation.gates.find((gate) => gate.verdict !== 'pass' && gate.cure !== null)
  const first = evaluation.reasons[0] ?? evaluation.blockers[0] ?? 'Nothing speaks for a change.'
  return open?.reason === first && open.cure !== null ? `${first} ${open.cure}` : first
}

/** Withdrawn and rejected proposals bind nobody: the recommendation stands again. */
function openProposal(progress: TypeProgress | undefined): TypeProgress['proposal'] {
  const proposal = progress?.proposal ?? null
  return proposal === null || proposal.state === 'withdrawn' || proposal.state === 'rejected' ? null : proposal
}

function votesText(progress: TypeProgress | undefined): string {
  if (progress?.proposal?.state === 'rejected') return 'rejected'
  const proposal = openProposal(progress)
  if (proposal === null) return 'not proposed'
  if (proposal.state === 'stale') return 'stale, votes lapsed'
  const { approvals, rejections, abstentions, requiredApprovals } = proposal
  if (approvals === null) return 'takes votes'
  return [
    `${approvals} of ${countOf(requiredApprovals, 'approval')}`,
    ...(rejections === 0 ? [] : [`${rejections} rejected`]),
    ...(abstentions === 0 ? [] : [`${abstentions} abstained`]),
  ].join(', ')
}

/** Last cell of the table: what was decided and when, or how far it is. */
export function decisionCell(
  interactionType: string,
  month: string,
  review: ReviewProgress | undefined,
  evaluation: TypeEvaluation | undefined,
  isRegistered: boolean,
  isFinal: boolean,
  timeZone: string,
): { text: string; href: string | null } {
  const href = reviewHref(month, interactionType)
  const progress = review?.types.get(interactionType)
  if (progress?.decision != null) {
    const { action, decidedAt } = progress.decision
    return { text: `${actionWords[action]}, ${formatDay(decidedAt, timeZone).replace(/ \d{4}$/, '')}`, href }
  }
  if (!isRegistered) return { text: 'Register', href }
  const proposal = openProposal(progress)
  if (proposal !== null) {
    const { action, approvals, requiredApprovals } = proposal
    const votes = approvals === null ? 'takes votes' : `${approvals} of ${requiredApprovals}`
    return { text: `${actionWords[action]}, ${votes}`, href }
  }
  if (!isFinal) return { text: 'not yet', href: null }
  if (evaluation === undefined) return { text: 'Review', href }
  return { text: `${actionWords[evaluation.recommendation]}?`, href }
}

export function reviewHref(month: string, interactionType?: string): string {
  const path = `/reviews/${month}`
  return interactionType === undefined ? path : `${path}/${encodeURIComponent(interactionType)}`
}
