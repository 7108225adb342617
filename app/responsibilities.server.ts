import { listAutonomy } from '#governance/autonomy/list-autonomy.ts'
import { isLoweredSince } from '#governance/levels/is-lowered-since.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { listDutiesWritten } from '#governance/registry/list-duties-written.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import type { RegisteredType } from '#governance/registry/registered-type.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { ledger } from './ledger.server.ts'

export type Responsibility = RegisteredType & {
  /** In force, as platforms obey it; null where none was ever decided. */
  level: OversightLevel | null
  /** The level was lowered after the duties were written, so they may tell of more autonomy than there is. */
  isLoweredSinceWritten: boolean
}

/** Every registered type, by area and name. */
export async function listResponsibilities(now: Date): Promise<Responsibility[]> {
  const open = await ledger()
  const [types, levels, autonomy, written] = [
    await listRegisteredTypes(open),
    await listLevelsInForce(open),
    await listAutonomy(open, now),
    await listDutiesWritten(open),
  ]
  const inForce = new Map(autonomy.map((entry) => [entry.interactionType, entry]))
  return types
    .map((type) => {
      const recorded = levels.filter((row) => row.interaction_type === type.interactionType)
      const entry = inForce.get(type.interactionType)
      const level = entry === undefined || entry.since === null ? null : entry.level
      const isLapsed = recorded.some((row) => row.effective_to === null && row.oversight_level !== level)
      return {
        ...type,
        level,
        isLoweredSinceWritten:
          isLapsed || isLoweredSince(recorded, written.get(type.interactionType) ?? type.registeredAt),
      }
    })
    .sort((a, b) => a.area.localeCompare(b.area, 'en') || a.interactionType.localeCompare(b.interactionType, 'en'))
}
