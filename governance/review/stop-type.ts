import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { getActiveUser } from '../accounts/acting-user.ts'
import { reauthenticate } from '../accounts/reauthenticate.ts'
import type { Actor } from '../audit/audit-event.ts'
import { plainText } from '../audit/plain-text.ts'
import { recordEvent } from '../audit/record-event.ts'
import { levelBelow } from '../evaluate/levels.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { levelWords } from '../levels/level-words.ts'
import { type Decision, toDecision } from './decision.ts'
import { insertDecision } from './insert-decision.ts'
import { getCurrentPolicy } from './published-policy.ts'
import { type Receipt, receiptOf } from './receipt-of.ts'
import { workingDaysLater } from './working-days.ts'

const inputSchema = z.object({ interactionType: z.string().min(1), reason: plainText(4000, 1) })
export const approvalWorkingDays = 2

/**
 * Reduces a type by one level outside the cycle, at once, on one signature: any approver or the owner of the type.
 * Another approver looks at it within two working days. Throws forbidden, unauthenticated, conflict when there is
 * nothing left to reduce.
 */
export async function stopType(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: string; password: string },
  clock: Clock,
): Promise<{ decision: Decision; receipt: Receipt }> {
  const { interactionType, reason } = parseInput(inputSchema, input, 'The stop')
  await reauthenticate(ledger, input, clock)
  const { row, seq } = await change(ledger, async (db) => {
    const user = await getActiveUser(db, input.by)
    const type = await db
      .selectFrom('interaction_types')
      .select('owner_id')
      .where('interaction_type', '=', interactionType)
      .executeTakeFirst()
    const isApprover = user.roles.includes('approver')
    if (!isApprover && type?.owner_id !== user.id) {
      throw new OversightError('forbidden', 'Only an approver or the owner of the type may stop it.')
    }
    const signer: Actor = { id: user.id, name: user.name, role: isApprover ? 'approver' : 'type owner' }
    const inForce = await findOpenLevel(db, interactionType)
    const toLevel = inForce === undefined ? undefined : levelBelow(inForce.level)
    if (inForce === undefined || toLevel === undefined) {
      throw new OversightError('conflict', `A human leads ${interactionType} already; there is nothing to stop.`)
    }
    const policy = await getCurrentPolicy(db)
    const approvalDueAt = workingDaysLater(clock.now, approvalWorkingDays).toISOString()
    const decision = await insertDecision(db, clock, signer, {
      kind: 'stop',
      review_month: null,
      interaction_type: interactionType,
      proposal_id: null,
      action: 'reduce',
      from_level: inForce.level,
      to_level: toLevel,
      reason,
      meaning: `stopped ${interactionType}: reduced it to ${levelWords[toLevel]} at once`,
      evidence_sha256: null,
      policy_version: policy.version,
      approval_due_at: approvalDueAt,
      validityMonths: policy.validityMonths,
    })
    await recordEvent(db, clock, signer, {
      action: 'type-stopped',
      object: { type: 'interaction_type', id: interactionType },
      data: { decisionId: decision.row.decision_id, approvalDueAt },
    })
    return decision
  })
  return { decision: toDecision(row), receipt: await receiptOf(ledger, seq) }
}
