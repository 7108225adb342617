import { OversightError } from '#models/oversight-error.ts'
import { actAs, type By } from '../accounts/acting-user.ts'
import { recordEvent } from '../audit/record-event.ts'
import { statedObstacle } from '../evaluate/stated-obstacle.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { findTypeFacts } from './type-facts.ts'
import { type TypeFactsInput, typeFactsInputSchema } from './type-facts-input.ts'

/**
 * States the risk class, legal effect, knowledge sources and money limit of a registered type; a new version replaces
 * the one before, which stays. By an approver, an admin or the command line. Throws not_found, forbidden, bad_input,
 * and conflict when the level in force lies beyond what is stated: that takes a reduction first.
 */
export async function recordTypeFacts(
  ledger: Pick<Ledger, 'db'>,
  input: TypeFactsInput & { by: By },
  clock: Clock,
): Promise<{ version: number }> {
  const facts = parseInput(typeFactsInputSchema, input, 'What is stated of the type')
  const { interactionType, riskClass, hasLegalEffect, moneyLimit } = facts
  return change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['approver', 'admin', 'system'], 'change the registry')
    const type = await db
      .selectFrom('interaction_types')
      .select('interaction_type')
      .where('interaction_type', '=', interactionType)
      .executeTakeFirst()
    if (type === undefined) throw new OversightError('not_found', `${interactionType} is not registered.`)
    const inForce = await findOpenLevel(db, interactionType)
    const obstacle = inForce === undefined ? null : statedObstacle(facts, inForce.level)
    if (obstacle !== null) {
      throw new OversightError('conflict', `${obstacle} ${interactionType} is beyond that at present: stop it first.`)
    }
    const version = ((await findTypeFacts(db, interactionType))?.version ?? 0) + 1
    await db
      .insertInto('type_facts')
      .values({
        interaction_type: interactionType,
        version,
        risk_class: riskClass,
        risk_class_reason: facts.riskClassReason,
        has_legal_effect: hasLegalEffect ? 1 : 0,
        knowledge_sources: facts.knowledgeSources,
        money_limit: moneyLimit,
        recorded_by: actor.id,
        recorded_at: clock.now.toISOString(),
      })
      .execute()
    await recordEvent(
      db,
      clock,
      actor,
      {
        action: 'type-facts-recorded',
        object: { type: 'interaction_type', id: interactionType },
        data: { version, riskClass, hasLegalEffect, moneyLimit },
      },
      ['type_facts', version, interactionType],
    )
    return { version }
  })
}
