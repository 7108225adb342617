import type { TypeStanding } from '#governance/evaluate/evaluation.ts'
import type { Decision } from '#governance/review/decision.ts'
import { formatDay } from '#models/format-metric.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { decisionHref } from '../../decisions/decision-register.ts'
import { typeHref } from '../rows-href.ts'

/** Types by the level in force now, and who moved which of them since the month's year began. */
export interface AutonomyLadder {
  /** Highest first, as a ladder stands. */
  rungs: readonly {
    level: OversightLevel
    types: readonly { interactionType: string; href: string }[]
  }[]
  /** Registered without a level. */
  unset: readonly { interactionType: string; href: string }[]
  moves: readonly LadderMove[]
  year: string
}

interface LadderMove {
  id: string
  interactionType: string
  direction: 'expand' | 'reduce'
  toLevel: OversightLevel
  /** 3 Sep 2026, Approver A, Approver B */
  when: string
  href: string
}

const order: readonly OversightLevel[] = ['human_on_the_loop', 'human_in_the_loop', 'human_as_the_loop']
const heights: Readonly<Record<OversightLevel, number>> = {
  human_as_the_loop: 1,
  human_in_the_loop: 2,
  human_on_the_loop: 3,
}

export function autonomyLadder(input: {
  month: string
  types: readonly string[]
  standings: readonly TypeStanding[]
  /** Newest first. */
  decisions: readonly Decision[]
  /** Who signed beside the signer, by decision. */
  approvers: ReadonlyMap<string, readonly string[]>
  timeZone: string
}): AutonomyLadder {
  const { month, types, standings, decisions, approvers, timeZone } = input
  const year = month.slice(0, 4)
  const own = standings.filter(({ interactionType }) => types.includes(interactionType))
  const at = (level: OversightLevel | null) =>
    own
      .filter((standing) => standing.level === level)
      .map(({ interactionType }) => ({ interactionType, href: typeHref(interactionType, month) }))
  return {
    rungs: order.map((level) => ({ level, types: at(level) })),
    unset: at(null),
    moves: decisions.flatMap((decision): LadderMove[] => {
      const { id, interactionType, fromLevel, toLevel, effectiveAt, signer } = decision
      if (fromLevel === null || toLevel === null || fromLevel === toLevel || !types.includes(interactionType)) return []
      const day = formatDay(effectiveAt, timeZone)
      if (day.slice(-4) < year) return []
      return [
        {
          id,
          interactionType,
          direction: heights[toLevel] > heights[fromLevel] ? 'expand' : 'reduce',
          toLevel,
          when: [day, signer.name, ...(approvers.get(id) ?? [])].join(', '),
          href: decisionHref(id),
        },
      ]
    }),
    year,
  }
}
