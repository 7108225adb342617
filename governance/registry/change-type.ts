import { OversightError } from '#models/oversight-error.ts'
import { actAs, type By, getActiveUser } from '../accounts/acting-user.ts'
import { recordEvent } from '../audit/record-event.ts'
import { isBelow } from '../evaluate/levels.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { type RegisteredType, toRegisteredType } from './registered-type.ts'
import { findTypeFacts } from './type-facts.ts'
import { type TypeInput, typeInputSchema } from './type-input.ts'

/**
 * Changes what the registry says of a type. By an approver, an admin or the command line. Throws not_found, and
 * conflict when the new ceiling lies below the level in force: that takes a reduction first.
 */
export async function changeType(ledger: Ledger, input: TypeInput & { by: By }, clock: Clock): Promise<RegisteredType> {
  const type = parseInput(typeInputSchema, input, 'The registration')
  return change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['approver', 'admin', 'system'], 'change the registry')
    const owner = await getActiveUser(db, type.ownerId)
    const inForce = await findOpenLevel(db, type.interactionType)
    if (inForce !== undefined && isBelow(type.ceiling, inForce.level)) {
      throw new OversightError(
        'conflict',
        `${type.interactionType} is above that ceiling at present. Reduce it first, then lower the ceiling.`,
      )
    }
    const row = await db
      .updateTable('interaction_types')
      .set({
        area: type.area,
        risk_tier: type.riskTier,
        ceiling: type.ceiling,
        owner_id: type.ownerId,
        ai_does: type.aiDoes,
        humans_do: type.humansDo,
        required_controls: type.requiredControls,
        is_disclosure_attested: type.isDisclosureAttested ? 1 : 0,
      })
      .where('interaction_type', '=', type.interactionType)
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) throw new OversightError('not_found', `${type.interactionType} is not registered.`)
    const { interactionType, area, riskTier, ceiling, ownerId, isDisclosureAttested } = type
    await recordEvent(
      db,
      clock,
      actor,
      {
        action: 'type-changed',
        object: { type: 'interaction_type', id: interactionType },
        data: { area, riskTier, ceiling, ownerId, isDisclosureAttested },
      },
      ['interaction_types', interactionType],
    )
    return toRegisteredType({ ...row, owner_name: owner.name }, await findTypeFacts(db, interactionType))
  })
}
