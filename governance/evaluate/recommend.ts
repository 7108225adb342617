import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { GateId } from '../policy/policy.ts'
import type { Recommendation, Verdict } from './evaluation.ts'
import { isBelow, levelAbove, levelBelow } from './levels.ts'
import type { StatedClass } from './risk-class.ts'
import { statedObstacle } from './stated-obstacle.ts'

/** Where the type stands, as far as it bears on moving it. */
export interface Position {
  isRegistered: boolean
  level: OversightLevel | null
  ceiling: OversightLevel | null
  /** What the registry states of the type in law; absent where it states nothing. */
  stated?: StatedClass | undefined
  /** The policy sets an error limit for the type's tier; without one it never expands. */
  hasErrorLimit: boolean
  /** Why the last change has not shown its effect yet; null when it has. */
  baking: string | null
}

/** A gate may appear more than once, with one aspect each. */
export interface GateOutcome {
  gate: GateId
  verdict: Verdict
  reason: string
}

export interface RecommendationStep {
  recommendation: Recommendation
  targetLevel: OversightLevel | null
  /** What speaks for the recommendation. */
  reasons: readonly string[]
  /** What stands in the way of expanding: first what the type's position forbids, then gates that do not pass. */
  blockers: readonly string[]
}

/** What the type's position says against a move, whatever the gates say. */
export const positionBlockers = {
  unregistered: 'Not registered: sign a baseline first.',
  levelUnknown: 'No level in force: sign a baseline first.',
  mostAutonomy: 'Already on the loop, the lowest oversight there is.',
  atCeiling: 'Already at its ceiling.',
  noErrorLimit: 'High-risk types never expand.',
  leastAutonomy: 'Already human-led: there is no level to reduce to, so hold it there.',
} as const

/**
 * From verdicts to one recommendation, without scores or weights. Any fail recommends one step less autonomy; all
 * gates passing, with nothing in the position against it, one step more; all else keeps. A type without a baseline is
 * kept until it has one. `alarms` recommend a reduction though no gate fails: harm shown by an e-value, lapsed evidence.
 * `segments` only ever stop an expansion; what cannot be told of them is said beside one.
 */
export function recommend(
  position: Position,
  gates: readonly GateOutcome[],
  alarms: readonly string[] = [],
  segments: { blockers: readonly string[]; unknown: readonly string[] } = { blockers: [], unknown: [] },
): RecommendationStep {
  const { level } = position
  const failing = [...gates.filter(({ verdict }) => verdict === 'fail').map(({ reason }) => reason), ...alarms]
  const standing = blockersOf(position)
  const open = gates
    // A type that cannot expand is not in the family of G10; its absence there says nothing new.
    .filter(({ gate, verdict }) => verdict !== 'pass' && !(gate === 'G10' && standing.length > 0))
    .map(({ reason }) => reason)
  const blockers = [...standing, ...open, ...segments.blockers]
  const keep = (reasons: readonly string[], first: readonly string[] = []): RecommendationStep => ({
    recommendation: 'keep',
    targetLevel: null,
    reasons,
    blockers: [...first, ...blockers],
  })
  if (!position.isRegistered || level === null) return keep([...standing, ...failing])
  if (failing.length > 0) {
    const targetLevel = levelBelow(level)
    return targetLevel === undefined
      ? keep([positionBlockers.leastAutonomy, ...failing], [positionBlockers.leastAutonomy])
      : { recommendation: 'reduce', targetLevel, reasons: failing, blockers }
  }
  const targetLevel = levelAbove(level)
  if (blockers.length > 0 || gates.length === 0 || targetLevel === undefined) return keep(blockers)
  return {
    recommendation: 'expand',
    targetLevel,
    reasons: [...gates.map(({ reason }) => reason), ...segments.unknown],
    blockers: [],
  }
}

function blockersOf({ isRegistered, level, ceiling, stated, hasErrorLimit, baking }: Position): string[] {
  if (!isRegistered) return [positionBlockers.unregistered]
  if (level === null) return [positionBlockers.levelUnknown]
  const found: string[] = []
  const above = levelAbove(level)
  if (above === undefined) found.push(positionBlockers.mostAutonomy)
  else if (ceiling === null || !isBelow(level, ceiling)) found.push(positionBlockers.atCeiling)
  const barred = above === undefined ? null : statedObstacle(stated, above)
  if (barred !== null) found.push(barred)
  if (!hasErrorLimit) found.push(positionBlockers.noErrorLimit)
  if (baking !== null) found.push(baking)
  return found
}
