import { OversightError } from '#models/oversight-error.ts'
import { actAs, type By, getActiveUser } from '../accounts/acting-user.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { type RegisteredType, toRegisteredType } from './registered-type.ts'
import { type TypeInput, typeInputSchema } from './type-input.ts'

/**
 * Enters a type into the registry; it has no level until a baseline is signed. By an approver, an admin or the command
 * line. Throws conflict when it is registered already.
 */
export async function registerType(
  ledger: Ledger,
  input: TypeInput & { by: By },
  clock: Clock,
): Promise<RegisteredType> {
  const type = parseInput(typeInputSchema, input, 'The registration')
  return change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['approver', 'admin', 'system'], 'register an interaction type')
    const owner = await getActiveUser(db, type.ownerId)
    const known = await db
      .selectFrom('interaction_types')
      .select('interaction_type')
      .where('interaction_type', '=', type.interactionType)
      .executeTakeFirst()
    if (known !== undefined) throw new OversightError('conflict', `${type.interactionType} is registered already.`)
    const row = await db
      .insertInto('interaction_types')
      .values({
        interaction_type: type.interactionType,
        area: type.area,
        risk_tier: type.riskTier,
        ceiling: type.ceiling,
        owner_id: type.ownerId,
        ai_does: type.aiDoes,
        humans_do: type.humansDo,
        required_controls: type.requiredControls,
        is_disclosure_attested: type.isDisclosureAttested ? 1 : 0,
        registered_at: clock.now.toISOString(),
        registered_by: actor.id,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    const { interactionType, area, riskTier, ceiling, ownerId, isDisclosureAttested } = type
    await recordEvent(
      db,
      clock,
      actor,
      {
        action: 'type-registered',
        object: { type: 'interaction_type', id: interactionType },
        data: { area, riskTier, ceiling, ownerId, isDisclosureAttested },
      },
      ['interaction_types', interactionType],
    )
    return toRegisteredType({ ...row, owner_name: owner.name }, undefined)
  })
}
