import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { TypeStanding } from './evaluation.ts'
import { statedCeiling } from './risk-class.ts'

/** From human-led to AI acting alone; autonomy moves one step at a time. */
export const oversightLevels = [
  'human_as_the_loop',
  'human_in_the_loop',
  'human_on_the_loop',
] as const satisfies readonly OversightLevel[]

/** One step more autonomy, undefined on the loop. */
export function levelAbove(level: OversightLevel): OversightLevel | undefined {
  return oversightLevels[oversightLevels.indexOf(level) + 1]
}

/** One step less autonomy, undefined where a human leads already. */
export function levelBelow(level: OversightLevel): OversightLevel | undefined {
  return oversightLevels[oversightLevels.indexOf(level) - 1]
}

export function isBelow(level: OversightLevel, other: OversightLevel): boolean {
  return oversightLevels.indexOf(level) < oversightLevels.indexOf(other)
}

/** Registered, with a level below its ceiling (its own and the law's) and a tier that may expand: the family of G10. */
export function isExpandable(
  standing: Pick<TypeStanding, 'isRegistered' | 'level' | 'ceiling' | 'stated'>,
  errorLimit: number | null,
): boolean {
  const { isRegistered, level, ceiling, stated } = standing
  if (!isRegistered || errorLimit === null || level === null || ceiling === null) return false
  return isBelow(level, ceiling) && isBelow(level, statedCeiling(stated))
}
