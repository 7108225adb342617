import type { Actor } from '../audit/audit-event.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { DecisionsTable } from '../ledger/ledger-schema.ts'
import { setLevel } from '../levels/set-level.ts'

export type NewDecision = Omit<
  DecisionsTable,
  'decision_id' | 'decided_at' | 'decided_by' | 'signer_name' | 'signer_role' | 'effective_at' | 'valid_until'
> & { validityMonths: number }

/**
 * Writes a decision that takes effect at once, its event, and the level it sets, in the caller's transaction. Gives
 * the row and the place of its event in the trail.
 */
export async function insertDecision(
  db: LedgerTransaction,
  clock: Clock,
  signer: Actor,
  { validityMonths, ...decision }: NewDecision,
): Promise<{ row: DecisionsTable; seq: number }> {
  const now = clock.now.toISOString()
  const row = await db
    .insertInto('decisions')
    .values({
      ...decision,
      decision_id: clock.newId(),
      decided_at: now,
      decided_by: signer.id,
      signer_name: signer.name,
      signer_role: signer.role,
      effective_at: now,
      valid_until: monthsLater(clock.now, validityMonths).toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const seq = await recordEvent(
    db,
    clock,
    signer,
    {
      action: 'decision-recorded',
      object: { type: 'decision', id: row.decision_id },
      data: {
        kind: row.kind,
        month: row.review_month,
        interactionType: row.interaction_type,
        decidedAction: row.action,
        fromLevel: row.from_level,
        toLevel: row.to_level,
        meaning: row.meaning,
        proposalId: row.proposal_id,
        evidenceSha256: row.evidence_sha256,
        policyVersion: row.policy_version,
        effectiveAt: row.effective_at,
        validUntil: row.valid_until,
      },
    },
    ['decisions', row.decision_id],
  )
  if (row.to_level !== null && row.to_level !== row.from_level) {
    await setLevel(db, clock, signer, {
      interactionType: row.interaction_type,
      level: row.to_level,
      effectiveAt: row.effective_at,
      decisionId: row.decision_id,
    })
  }
  return { row, seq }
}

/** The same day and time so many months later, or the last day of a shorter month; UTC. */
function monthsLater(instant: Date, months: number): Date {
  const later = new Date(instant)
  later.setUTCMonth(later.getUTCMonth() + months)
  if (later.getUTCDate() !== instant.getUTCDate()) later.setUTCDate(0)
  return later
}
