import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'

/** What the AI may do in one interaction type, as a platform obeys it. */
export interface AutonomyEntry {
  interactionType: string
  /** In force now. Human-led where no decision says otherwise. */
  level: OversightLevel
  isRegistered: boolean
  /** Since when this level is in force; null where none was ever decided. */
  since: Date | null
  /** The decision holds until then; null where there is none, or where a human leads anyway. */
  validUntil: Date | null
  /** From then on, unless it is renewed. */
  levelAfter: OversightLevel
  /** The decision on which the level rests: the newest of the type. */
  decisionId: string | null
  policyVersion: number | null
}

/** Of a type that nobody registered: a human leads. */
export function unregisteredEntry(interactionType: string): AutonomyEntry {
  return {
    interactionType,
    level: 'human_as_the_loop',
    isRegistered: false,
    since: null,
    validUntil: null,
    levelAfter: 'human_as_the_loop',
    decisionId: null,
    policyVersion: null,
  }
}
