import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { actAs } from '../accounts/acting-user.ts'
import { reauthenticate } from '../accounts/reauthenticate.ts'
import { refuseUntrained } from '../accounts/training.ts'
import { plainText } from '../audit/plain-text.ts'
import { isBelow, oversightLevels } from '../evaluate/levels.ts'
import { statedObstacle } from '../evaluate/stated-obstacle.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { levelWords } from '../levels/level-words.ts'
import { type Decision, toDecision } from '../review/decision.ts'
import { insertDecision } from '../review/insert-decision.ts'
import { getCurrentPolicy } from '../review/published-policy.ts'
import { type Receipt, receiptOf } from '../review/receipt-of.ts'
import { findTypeFacts } from './type-facts.ts'

const inputSchema = z.object({
  interactionType: z.string().min(1),
  level: z.enum(oversightLevels),
  reason: plainText(4000, 1),
})

/**
 * Signs the first level of a registered type: it states how things are already, with no gates asked. By one approver
 * who is not the owner of the type. Throws not_found (register first), conflict (there is a level), forbidden,
 * unauthenticated (wrong password).
 */
export async function recordBaseline(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: string; password: string },
  clock: Clock,
): Promise<{ decision: Decision; receipt: Receipt }> {
  const { interactionType, level, reason } = parseInput(inputSchema, input, 'The baseline')
  await reauthenticate(ledger, input, clock)
  const { row, seq } = await change(ledger, async (db) => {
    const signer = await actAs(db, input.by, ['approver'], 'sign a baseline')
    const type = await db
      .selectFrom('interaction_types')
      .selectAll()
      .where('interaction_type', '=', interactionType)
      .executeTakeFirst()
    if (type === undefined) {
      throw new OversightError('not_found', `${interactionType} is not registered. Register it first.`)
    }
    if (type.owner_id === input.by) {
      throw new OversightError('forbidden', 'The owner of a type may not sign its level. Ask another approver.')
    }
    if (isBelow(type.ceiling, level)) {
      throw new OversightError(
        'conflict',
        `The ceiling of ${interactionType} is ${levelWords[type.ceiling]}; a baseline cannot lie beyond it.`,
      )
    }
    const obstacle = statedObstacle(await findTypeFacts(db, interactionType), level)
    if (obstacle !== null) throw new OversightError('conflict', `${obstacle} The baseline cannot say otherwise.`)
    const earlier = await db
      .selectFrom('decisions')
      .select('decision_id')
      .where('interaction_type', '=', interactionType)
      .where('kind', '=', 'baseline')
      .executeTakeFirst()
    if (earlier !== undefined) {
      throw new OversightError('conflict', `${interactionType} has its baseline; its level changes in a review.`)
    }
    const policy = await getCurrentPolicy(db)
    await refuseUntrained(db, input.by, clock.now, policy)
    return insertDecision(db, clock, signer, {
      kind: 'baseline',
      review_month: null,
      interaction_type: interactionType,
      proposal_id: null,
      action: 'baseline',
      from_level: null,
      to_level: level,
      reason,
      meaning: `recorded ${levelWords[level]} as the first level of ${interactionType}`,
      evidence_sha256: null,
      policy_version: policy.version,
      approval_due_at: null,
      validityMonths: policy.validityMonths,
    })
  })
  return { decision: toDecision(row), receipt: await receiptOf(ledger, seq) }
}
