import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import type { RegisteredType } from '#governance/registry/registered-type.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { ledger } from './ledger.server.ts'

/** A registered type with the level in force now; null where none is. */
export type Responsibility = RegisteredType & { level: OversightLevel | null }

/** Every registered type, by area and name. */
export async function listResponsibilities(): Promise<Responsibility[]> {
  const open = await ledger()
  const [types, levels] = [await listRegisteredTypes(open), await listLevelsInForce(open)]
  const inForce = new Map(
    levels.flatMap((row) => (row.effective_to === null ? [[row.interaction_type, row.oversight_level] as const] : [])),
  )
  return types
    .map((type) => ({ ...type, level: inForce.get(type.interactionType) ?? null }))
    .sort((a, b) => a.area.localeCompare(b.area, 'en') || a.interactionType.localeCompare(b.interactionType, 'en'))
}
