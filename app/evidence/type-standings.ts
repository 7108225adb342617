import type { AutonomyEntry } from '#governance/autonomy/autonomy-entry.ts'
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

/**
 * The standings as platforms obey them: a decision past its validity no longer gives what it gave, also before "review
 * tick" writes that down.
 */
export function standingsInForce(
  standings: readonly TypeStanding[],
  autonomy: readonly AutonomyEntry[],
): TypeStanding[] {
  const entries = new Map(autonomy.map((entry) => [entry.interactionType, entry]))
  return standings.map((standing) => {
    const entry = entries.get(standing.interactionType)
    return entry === undefined || standing.level === null || entry.level === standing.level
      ? standing
      : { ...standing, level: entry.level, levelSince: entry.since, isBaseline: false }
  })
}
