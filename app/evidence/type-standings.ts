import type { TypeStanding } from '#governance/evaluate/evaluation.ts'
import type { RegisteredType } from '#governance/registry/registered-type.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'

/**
 * What governance knows of every registered type at an instant. The first level of a type is its baseline: it states
 * what was already so, until a decision ends it.
 */
export function typeStandings(
  registered: readonly RegisteredType[],
  levels: readonly LevelsInForceTable[],
  at: Date,
): TypeStanding[] {
  return registered.map(({ interactionType, riskTier, ceiling, facts }) => {
    const own = levels
      .filter((interval) => interval.interaction_type === interactionType)
      .sort((a, b) => a.effective_from.getTime() - b.effective_from.getTime())
    const inForce = own.find(
      (interval) => interval.effective_from <= at && (interval.effective_to === null || interval.effective_to > at),
    )
    return {
      interactionType,
      isRegistered: true,
      riskTier,
      ceiling,
      level: inForce?.oversight_level ?? null,
      levelSince: inForce?.effective_from ?? null,
      isBaseline: inForce !== undefined && inForce === own[0],
      ...(facts === null ? {} : { stated: { riskClass: facts.riskClass, hasLegalEffect: facts.hasLegalEffect } }),
    }
  })
}
