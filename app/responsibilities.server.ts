import { isLoweredSince } from '#governance/levels/is-lowered-since.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { listDutiesWritten } from '#governance/registry/list-duties-written.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import type { RegisteredType } from '#governance/registry/registered-type.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { ledger } from './ledger.server.ts'

export type Responsibility = RegisteredType & {
  /** In force now; null where none is. */
  level: OversightLevel | null
  /** The level was lowered after the duties were written, so they may tell of more autonomy than there is. */
  isLoweredSinceWritten: boolean
}

/** Every registered type, by area and name. */
export async function listResponsibilities(): Promise<Responsibility[]> {
  const open = await ledger()
  const [types, levels, written] = [
    await listRegisteredTypes(open),
    await listLevelsInForce(open),
    await listDutiesWritten(open),
  ]
  return types
    .map((type) => {
      const ofType = levels.filter((row) => row.interaction_type === type.interactionType)
      return {
        ...type,
        level: ofType.find((row) => row.effective_to === null)?.oversight_level ?? null,
        isLoweredSinceWritten: isLoweredSince(ofType, written.get(type.interactionType) ?? type.registeredAt),
      }
    })
    .sort((a, b) => a.area.localeCompare(b.area, 'en') || a.interactionType.localeCompare(b.interactionType, 'en'))
}
