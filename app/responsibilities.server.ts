import { listAutonomy } from '#governance/autonomy/list-autonomy.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import type { RegisteredType } from '#governance/registry/registered-type.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { ledger } from './ledger.server.ts'

/** A registered type with the level in force, as platforms obey it; null where none was ever decided. */
export type Responsibility = RegisteredType & { level: OversightLevel | null }

/** Every registered type, by area and name. */
export async function listResponsibilities(now: Date): Promise<Responsibility[]> {
  const open = await ledger()
  const [types, autonomy] = [await listRegisteredTypes(open), await listAutonomy(open, now)]
  const inForce = new Map(
    autonomy.flatMap(({ interactionType, level, since }) =>
      since === null ? [] : [[interactionType, level] as const],
    ),
  )
  return types
    .map((type) => ({ ...type, level: inForce.get(type.interactionType) ?? null }))
    .sort((a, b) => a.area.localeCompare(b.area, 'en') || a.interactionType.localeCompare(b.interactionType, 'en'))
}
