import type { GateResult, TypeEvaluation, TypeStanding } from '#governance/evaluate/evaluation.ts'
import type { GateId, Policy } from '#governance/policy/policy.ts'
import type { MonthCsatChannel } from '#models/daily/list-csat-channels.ts'
import type { ChartEvent } from '../../charts/event-flags.tsx'
import type { RibbonPart } from '../../charts/level-ribbon.tsx'
import type { PointIndex } from '../point-index.ts'

/** What every part of a type's page may look at. */
export interface TypeInput {
  interactionType: string
  month: string
  /** Months drawn, oldest first. */
  months: readonly string[]
  /** Closed months that end with the page's month. */
  closedMonths: readonly string[]
  points: PointIndex
  /** CSAT answers by channel, of every type and month. */
  csatChannels: readonly MonthCsatChannel[]
  policy: Policy
  evaluation: TypeEvaluation | undefined
  standing: TypeStanding | undefined
  events: readonly ChartEvent[]
  ribbon: readonly RibbonPart[]
}

export function gateOf(input: TypeInput, gate: GateId): GateResult | undefined {
  return input.evaluation?.gates.find((result) => result.gate === gate)
}

export function provisionalMonths(input: TypeInput): string[] {
  return input.months.filter(input.points.isProvisional)
}
