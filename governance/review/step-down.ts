import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { levelBelow } from '../evaluate/levels.ts'
import type { LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { DecisionsTable } from '../ledger/ledger-schema.ts'
import { systemActor } from '../ledger/system-actor.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { levelWords } from '../levels/level-words.ts'
import { insertDecision } from './insert-decision.ts'
import { getCurrentPolicy } from './published-policy.ts'

/** A type that the program moved one step to the safer level. */
export interface SteppedDown {
  interactionType: string
  decisionId: string
  fromLevel: OversightLevel
  toLevel: OversightLevel
  reason: string
}

/**
 * One step to the safer level without a signature, actor `system`, at once, in the caller's transaction; undefined
 * where a human leads already or no level is in force.
 */
export async function stepDown(
  db: LedgerTransaction,
  clock: Clock,
  input: { kind: 'expiry' | 'trip_wire'; interactionType: string; reason: string },
): Promise<(SteppedDown & { row: DecisionsTable }) | undefined> {
  const { kind, interactionType, reason } = input
  const fromLevel = (await findOpenLevel(db, interactionType))?.level
  const toLevel = fromLevel === undefined ? undefined : levelBelow(fromLevel)
  if (fromLevel === undefined || toLevel === undefined) return undefined
  const policy = await getCurrentPolicy(db)
  const why = kind === 'expiry' ? 'its decision expired' : 'a trip-wire fired'
  const { row } = await insertDecision(db, clock, systemActor, {
    kind,
    review_month: null,
    interaction_type: interactionType,
    proposal_id: null,
    action: 'reduce',
    from_level: fromLevel,
    to_level: toLevel,
    reason,
    meaning: `reduced ${interactionType} to ${levelWords[toLevel]}: ${why}`,
    evidence_sha256: null,
    policy_version: policy.version,
    approval_due_at: null,
    validityMonths: policy.validityMonths,
  })
  return { interactionType, decisionId: row.decision_id, fromLevel, toLevel, reason, row }
}
