import type { Training } from '#governance/accounts/training.ts'
import type { User } from '#governance/accounts/user.ts'
import type { GateResult, Recommendation } from '#governance/evaluate/evaluation.ts'
import { isBelow, levelAbove, levelBelow, oversightLevels } from '#governance/evaluate/levels.ts'
import { statedObstacle } from '#governance/evaluate/stated-obstacle.ts'
import { errorLimitOf } from '#governance/policy/error-limit.ts'
import type { Policy, RiskTier } from '#governance/policy/policy.ts'
import { riskTiers } from '#governance/policy/policy.ts'
import type { Proposal, ReviewType } from '#governance/review/get-review-type.ts'
import { meaningOf } from '#governance/review/meaning.ts'
import type { ProposalState } from '#governance/review/proposal-state.ts'
import { describeTripWire } from '#governance/review/trip-wire.ts'
import { needsQuorum, voteObstacle } from '#governance/review/vote-obstacle.ts'
import { countOf, formatInstant } from '#models/format-metric.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { levelWords } from './components/level-glyph.tsx'
import { actionWords } from './review-room.ts'

/** What may be proposed, and what stands against it. */
export interface ProposalOption {
  action: Recommendation
  verb: string
  /** "to on the loop", "in the loop" */
  target: string
  note: string
  isRecommended: boolean
  /** Why it cannot be proposed; null when it can. */
  obstacle: string | null
}

/** What the signature panel shows. */
export interface Ballot {
  proposalId: string
  /** "expand it to on the loop" */
  proposed: string
  proposer: string
  requiredApprovals: number
  choices: readonly {
    vote: 'approve' | 'reject' | 'abstain'
    verb: string
    meaning: string
    effect: string
    obstacle: string | null
  }[]
  effects: readonly { term: string; text: string }[]
  signer: string
  evidence: EvidenceView
  /** Failed contacts have to be opened before this vote. */
  opensCases: boolean
}

export interface EvidenceView {
  hash: string
  frozen: string
  revision: number
}

export interface BaselineForm {
  interactionType: string
  isRegistered: boolean
  levels: readonly OversightLevel[]
  riskTiers: readonly { value: RiskTier; text: string }[]
  owners: readonly { value: string; text: string }[]
  signer: string
}

export interface ProposalView {
  id: string
  action: Recommendation
  what: string
  state: ProposalState
  isOverride: boolean
  /** null while the votes are hidden from this person. */
  approvals: number | null
  requiredApprovals: number
  needsQuorum: boolean
  reason: string
  proposedBy: string
  proposedAt: Date
  evidenceHash: string
  /** Each as a condition: "AI error rate is shown to be over 5 %". */
  tripWires: readonly string[]
  withdrawal: { reason: string; at: Date } | null
  mayWithdraw: boolean
  votes: readonly {
    id: string
    voter: string
    role: string
    vote: 'approve' | 'reject' | 'abstain'
    reason: string
    evidenceHash: string
    signedAt: Date
    receiptHref: string | null
  }[]
}

const lower = (level: OversightLevel): string => levelWords[level].toLowerCase()

/** Expand, keep, reduce: each with where it leads, how many have to approve, and what forbids it. */
export function proposalOptions(type: ReviewType, policy: Policy): ProposalOption[] {
  const { evidence, level, registration } = type
  const recommendation = evidence?.evaluation.recommendation ?? null
  const above = level === null ? undefined : levelAbove(level)
  const below = level === null ? undefined : levelBelow(level)
  const option = (action: Recommendation, target: string, obstacle: string | null): ProposalOption => {
    const isRecommended = action === recommendation
    const approvals = needsQuorum({ action, isOverride: !isRecommended }) ? policy.quorum.expand : policy.quorum[action]
    const against = isRecommended ? 'Recommended.' : 'Overrides the recommendation, reason needed.'
    const effect = action === 'reduce' ? ' Takes effect at once.' : ''
    return {
      action,
      verb: actionWords[action],
      target,
      note: `${against} Needs ${countOf(approvals, 'approval')}.${effect}`,
      isRecommended,
      obstacle,
    }
  }
  return [
    option('expand', above === undefined ? '' : `to ${lower(above)}`, expandObstacle(type, above, policy)),
    option('keep', level === null ? 'as it is' : lower(level), null),
    option(
      'reduce',
      below === undefined ? '' : `to ${lower(below)}`,
      below !== undefined ? null : level === null ? 'No level is in force.' : 'People lead already.',
    ),
  ]

  function expandObstacle(_type: ReviewType, above: OversightLevel | undefined, policy: Policy): string | null {
    if (level === null || registration === null) return 'No level is in force.'
    if (above === undefined) return 'On the loop already.'
    if (isBelow(registration.ceiling, above)) return `The ceiling is ${lower(registration.ceiling)}.`
    const barred = statedObstacle(registration.facts ?? undefined, above)
    if (barred !== null) return barred
    if (errorLimitOf(policy, registration) === null) {
      return `The ${registration.riskTier} risk tier never expands.`
    }
    if (!registration.isDisclosureAttested) return 'Not attested that customers are told about the AI.'
    if (evidence !== null && evidence.standing.level !== level)
      return 'The level changed after the evidence was frozen.'
    return null
  }
}

/** The open proposal as this person may vote on it; null when they may not vote at all or voted. */
export function ballotOf(
  type: ReviewType,
  proposal: Proposal,
  user: User,
  policy: Policy,
  training: Training,
): Ballot | { barred: string } {
  const { evidence, interactionType } = type
  if (evidence === null) return { barred: 'The evidence is not frozen.' }
  if (proposal.votes.some((vote) => vote.voter.id === user.id)) return { barred: 'You voted. A vote is never changed.' }
  const situation = {
    proposal: { action: proposal.action, isOverride: proposal.isOverride, proposedBy: proposal.proposedBy.id },
    voter: user,
    ownerId: type.registration?.ownerId ?? null,
    majorityReviewer: evidence.majorityReviewer,
    training,
  }
  const obstacle = voteObstacle('abstain', situation)
  if (obstacle !== null) return { barred: obstacle }
  const quorum = needsQuorum(proposal)
  const effects = {
    approve:
      proposal.requiredApprovals === 1
        ? 'It completes the approvals: the decision takes effect at once.'
        : `The decision takes effect with approval ${proposal.requiredApprovals} of ${proposal.requiredApprovals}.`,
    reject: quorum ? 'Any rejection ends this proposal.' : 'Recorded; another approver may still approve.',
    abstain: 'Recorded with your reason.',
  }
  const verbs = { approve: 'Approve', reject: 'Reject', abstain: 'Abstain' }
  return {
    proposalId: proposal.id,
    proposed: proposedWords(proposal),
    proposer: proposal.proposedBy.name,
    requiredApprovals: proposal.requiredApprovals,
    choices: (['approve', 'reject', 'abstain'] as const).map((vote) => ({
      vote,
      verb: verbs[vote],
      meaning: meaningOf(vote, { action: proposal.action, interactionType, toLevel: proposal.toLevel }),
      effect: effects[vote],
      obstacle: voteObstacle(vote, situation),
    })),
    effects: [
      {
        term: 'Takes effect',
        text: proposal.requiredApprovals === 1 ? 'when you approve' : 'when the last approver signs',
      },
      { term: 'Valid for', text: `${countOf(policy.validityMonths, 'month')}, then to be renewed` },
      { term: 'Level then', text: proposal.toLevel === null ? 'not set' : lower(proposal.toLevel) },
    ],
    signer: `${user.name}, ${user.roles.includes('approver') ? 'approver' : 'type owner'}`,
    evidence: evidenceView(evidence, type.reportingTimeZone),
    opensCases: proposal.action !== 'reduce',
  }
}

export function evidenceView(evidence: NonNullable<ReviewType['evidence']>, timeZone: string): EvidenceView {
  return {
    hash: evidence.contentHash,
    frozen: formatInstant(evidence.frozenAt, timeZone),
    revision: evidence.revision,
  }
}

/** "expand it to on the loop" */
function proposedWords({ action, toLevel }: Pick<Proposal, 'action' | 'toLevel'>): string {
  if (action === 'keep') return toLevel === null ? 'keep it as it is' : `keep it ${lower(toLevel)}`
  return `${action} it to ${toLevel === null ? 'no level' : lower(toLevel)}`
}

/** A proposal with its votes, and the receipts that this person may fetch. */
export function proposalView(
  proposal: Proposal,
  user: User,
  receiptOf: (voteId: string) => string | null,
  isReviewOpen: boolean,
): ProposalView {
  const isOpen = proposal.state === 'open' || proposal.state === 'stale'
  const isTheirs = proposal.proposedBy.id === user.id && user.roles.includes('reviewer')
  return {
    id: proposal.id,
    action: proposal.action,
    what: proposedWords(proposal),
    state: proposal.state,
    isOverride: proposal.isOverride,
    approvals: proposal.approvals,
    requiredApprovals: proposal.requiredApprovals,
    needsQuorum: needsQuorum(proposal),
    reason: proposal.reason,
    proposedBy: proposal.proposedBy.name,
    proposedAt: proposal.proposedAt,
    evidenceHash: proposal.evidenceHash,
    tripWires: proposal.tripWires.map(describeTripWire),
    withdrawal:
      proposal.withdrawal === null ? null : { reason: proposal.withdrawal.reason, at: proposal.withdrawal.at },
    mayWithdraw: isReviewOpen && isOpen && (user.roles.includes('approver') || isTheirs),
    votes: proposal.votes.map((vote) => ({
      id: vote.id,
      voter: vote.voter.name,
      role: vote.voter.role,
      vote: vote.vote,
      reason: vote.reason,
      evidenceHash: vote.evidenceHash,
      signedAt: vote.signedAt,
      receiptHref: receiptOf(vote.id),
    })),
  }
}

const tierNotes: Readonly<Record<RiskTier, string>> = { low: 'Low', medium: 'Medium', high: 'High, never expands' }

/** What the form for an unregistered type, or one without a level, offers. */
export function baselineForm(type: ReviewType, user: User, people: readonly User[], policy: Policy): BaselineForm {
  const { registration } = type
  const ceiling = registration?.ceiling ?? null
  return {
    interactionType: type.interactionType,
    isRegistered: registration !== null,
    levels: oversightLevels.filter((level) => ceiling === null || !isBelow(ceiling, level)),
    riskTiers: riskTiers.map((tier) => {
      const limit = policy.gates.G1.limitByTier[tier]
      return {
        value: tier,
        text: limit === null ? tierNotes[tier] : `${tierNotes[tier]}, error limit ${limit * 100}\u202f%`,
      }
    }),
    owners: people
      .filter((person) => !person.isDisabled && person.id !== user.id)
      .map((person) => ({ value: person.id, text: `${person.name}, ${person.roles.join(', ')}` })),
    signer: `${user.name}, approver`,
  }
}

/** Which months' rows stand behind a gate, for the link to them; null where there is no list of rows. */
export function rowsOfGate(
  { gate, verdict }: GateResult,
  policy: Policy,
): {
  metric: 'ai_error_rate' | 'qa_score' | 'repeat_contact_rate_48h' | 'unexpected_escalation_rate'
  months: number
} | null {
  const { windowMonths } = policy
  // A failing error rate is that of the evidence month alone.
  if (gate === 'G1') return { metric: 'ai_error_rate', months: verdict === 'fail' ? 1 : windowMonths }
  if (gate === 'G2') return { metric: 'qa_score', months: windowMonths }
  if (gate === 'G4') return { metric: 'repeat_contact_rate_48h', months: windowMonths }
  if (gate === 'G5') return { metric: 'unexpected_escalation_rate', months: windowMonths }
  return null
}
