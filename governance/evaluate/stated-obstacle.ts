import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { isBelow } from './levels.ts'
import { type StatedClass, statedCeiling } from './risk-class.ts'

/** Why what is stated of the type in law bars this level, as a sentence; null when it does not. */
export function statedObstacle(stated: StatedClass | undefined, level: OversightLevel): string | null {
  if (stated === undefined || !isBelow(statedCeiling(stated), level)) return null
  if (stated.riskClass === 'blocked') return 'A blocked use (risk class): people always lead it.'
  if (stated.riskClass === 'high') return 'A high-risk use (risk class): never on the loop.'
  return 'It decides with legal or similarly significant effect: never on the loop.'
}
