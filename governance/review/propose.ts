import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { actAs } from '../accounts/acting-user.ts'
import { decimalText } from '../audit/canonical-json.ts'
import { plainText } from '../audit/plain-text.ts'
import { recordEvent, type Wrote } from '../audit/record-event.ts'
import { isBelow, levelAbove, levelBelow } from '../evaluate/levels.ts'
import { statedObstacle } from '../evaluate/stated-obstacle.ts'
import { change, type LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { ProposalAction } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { levelWords } from '../levels/level-words.ts'
import { errorLimitOf } from '../policy/error-limit.ts'
import type { Policy, RiskTier } from '../policy/policy.ts'
import { type AgreedTripWire, agreedTripWiresSchema } from '../policy/trip-wires.ts'
import { findTypeFacts } from '../registry/type-facts.ts'
import { findCurrentEvidence } from './current-evidence.ts'
import { type FrozenEvidence, thawEvidence } from './frozen-evidence.ts'
import { findCycleDecision, getOpenReview } from './get-open-review.ts'
import { refuseOvertakenExpansion } from './newest-review.ts'
import { listProposalFacts } from './proposals-of.ts'
import { findPolicy } from './published-policy.ts'
import { needsQuorum } from './vote-obstacle.ts'

const inputSchema = z.object({
  month: z.string(),
  interactionType: z.string().min(1),
  action: z.enum(['expand', 'keep', 'reduce']),
  reason: plainText(4000),
  /** Signed with an expansion or a keep; without them an expansion takes those of the policy. */
  tripWires: agreedTripWiresSchema.optional(),
})

/**
 * Proposes what to do with a type on its frozen evidence. By a reviewer or approver. An action other than the
 * recommended one is an override and needs a written reason. Throws not_found, forbidden, bad_input (no reason), and
 * conflict: decided already, another proposal is open, the level does not allow it, or an expansion was rejected on
 * this very evidence.
 */
export async function propose(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: string },
  clock: Clock,
): Promise<{ proposalId: string; requiredApprovals: number; isOverride: boolean; toLevel: OversightLevel | null }> {
  const { month, interactionType, action, reason, tripWires } = parseInput(inputSchema, input, 'The proposal')
  return change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['approver', 'reviewer'], 'propose a decision')
    const review = await getOpenReview(db, month)
    const published = await findPolicy(db, review.policy_version)
    const evidenceRow = await findCurrentEvidence(db, month, interactionType)
    if (published === undefined || evidenceRow === undefined) {
      throw new OversightError('not_found', `There is no frozen evidence of ${interactionType} for ${month}.`)
    }
    const evidence = thawEvidence(evidenceRow)
    const { recommendation } = evidence.evaluation
    const isOverride = action !== recommendation
    if (isOverride && reason === '') {
      throw new OversightError(
        'bad_input',
        `The recommendation is to ${recommendation}; to ${action} against it needs a written reason.`,
      )
    }
    await refuseOvertakenExpansion(db, { action, month, interactionType })
    await refuseCrowding(db, month, interactionType, action, evidence)
    const { fromLevel, toLevel } = await target(db, action, evidence, published.policy)
    const { quorum } = published.policy
    const requiredApprovals = needsQuorum({ action, isOverride }) ? quorum.expand : quorum[action]
    const proposalId = clock.newId()
    await db
      .insertInto('proposals')
      .values({
        proposal_id: proposalId,
        review_month: month,
        interaction_type: interactionType,
        action,
        recommendation,
        is_override: isOverride ? 1 : 0,
        from_level: fromLevel,
        to_level: toLevel,
        reason,
        required_approval_count: requiredApprovals,
        evidence_id: evidence.id,
        evidence_sha256: evidence.contentHash,
        proposed_by: actor.id,
        proposed_at: clock.now.toISOString(),
      })
      .execute()
    const wires = await agreeTripWires(db, clock, {
      proposalId,
      action,
      agreed: tripWires ?? (action === 'expand' ? (published.policy.tripWires ?? []) : []),
      policy: published.policy,
      interactionType,
      riskTier: evidence.standing.riskTier,
    })
    await recordEvent(
      db,
      clock,
      actor,
      {
        action: 'proposal-made',
        object: { type: 'proposal', id: proposalId },
        data: {
          month,
          interactionType,
          proposedAction: action,
          recommendation,
          fromLevel,
          toLevel,
          evidenceSha256: evidence.contentHash,
          requiredApprovals,
        },
      },
      ['proposals', proposalId],
      ...wires,
    )
    return { proposalId, requiredApprovals, isOverride, toLevel }
  })
}

/** Writes the trip-wires of the proposal; an e-value is counted against the error limit of the type's tier. */
async function agreeTripWires(
  db: LedgerTransaction,
  clock: Clock,
  input: {
    proposalId: string
    action: ProposalAction
    agreed: readonly AgreedTripWire[]
    policy: Policy
    interactionType: string
    riskTier: RiskTier | null
  },
): Promise<Wrote[]> {
  const { proposalId, action, agreed, policy, interactionType, riskTier } = input
  if (agreed.length > 0 && action === 'reduce') {
    throw new OversightError('bad_input', 'Trip-wires belong to an expansion or a keep: a reduction is the safe side.')
  }
  const wrote: Wrote[] = []
  for (const { metric, threshold } of agreed) {
    const limit = errorLimitOf(policy, { interactionType, riskTier })
    if (metric === 'harm_e_value' && limit === null) {
      throw new OversightError('bad_input', 'Without an error limit of its risk tier, the type has no harm e-value.')
    }
    const tripWireId = clock.newId()
    await db
      .insertInto('trip_wires')
      .values({
        trip_wire_id: tripWireId,
        proposal_id: proposalId,
        metric,
        threshold: decimalText(threshold) ?? '',
        against: metric === 'harm_e_value' ? decimalText(limit) : null,
      })
      .execute()
    wrote.push(['trip_wires', tripWireId])
  }
  return wrote
}

/** One open proposal at a time, none after the decision, no second try of an expansion on the same evidence. */
async function refuseCrowding(
  db: LedgerTransaction,
  month: string,
  interactionType: string,
  action: ProposalAction,
  evidence: FrozenEvidence,
): Promise<void> {
  if ((await findCycleDecision(db, month, interactionType)) !== undefined) {
    throw new OversightError('conflict', `${interactionType} is decided for ${month} already.`)
  }
  const earlier = await listProposalFacts(db, month, interactionType)
  if (earlier.some((proposal) => proposal.state === 'open')) {
    throw new OversightError(
      'conflict',
      `There is an open proposal for ${interactionType}. Vote on it, or withdraw it before you make another.`,
    )
  }
  const wasRejected = earlier.some(
    ({ row, state }) => state === 'rejected' && row.action === action && row.evidence_id === evidence.id,
  )
  if (wasRejected) {
    throw new OversightError(
      'conflict',
      `To ${action} ${interactionType} was rejected on this evidence. It can be proposed again when the evidence changes.`,
    )
  }
}

/** From where to where, one step; throws conflict where the registry, the policy or the ceiling forbids it. */
async function target(
  db: LedgerTransaction,
  action: ProposalAction,
  evidence: FrozenEvidence,
  policy: Policy,
): Promise<{ fromLevel: OversightLevel | null; toLevel: OversightLevel | null }> {
  const { interactionType } = evidence
  const fromLevel = (await findOpenLevel(db, interactionType))?.level ?? null
  if (action === 'keep') return { fromLevel, toLevel: fromLevel }
  const refuse = (why: string) => new OversightError('conflict', `${interactionType} cannot ${action}: ${why}`)
  if (fromLevel === null) throw refuse('no level is in force. Register it and sign a baseline first.')
  if (action === 'reduce') {
    const toLevel = levelBelow(fromLevel)
    if (toLevel === undefined) throw refuse('a human leads it already.')
    return { fromLevel, toLevel }
  }
  const type = await db
    .selectFrom('interaction_types')
    .selectAll()
    .where('interaction_type', '=', interactionType)
    .executeTakeFirst()
  const toLevel = levelAbove(fromLevel)
  if (type === undefined) throw refuse('it is not registered.')
  if (toLevel === undefined) throw refuse('it is on the loop already.')
  if (isBelow(type.ceiling, toLevel)) throw refuse(`its ceiling is ${levelWords[type.ceiling]}.`)
  const barred = statedObstacle(await findTypeFacts(db, interactionType), toLevel)
  if (barred !== null) throw refuse(barred)
  if (errorLimitOf(policy, { interactionType, riskTier: type.risk_tier }) === null)
    throw refuse(`the ${type.risk_tier} risk tier never expands.`)
  if (type.is_disclosure_attested === 0) throw refuse('it is not attested that customers are told about the AI.')
  if (evidence.standing.level !== fromLevel) {
    throw refuse('its level changed after the evidence was frozen. Freeze the evidence again.')
  }
  return { fromLevel, toLevel }
}
