import { z } from 'zod'
import type { DecisionRecord } from '#governance/review/list-decision-records.ts'
import { countOf, countWord, formatDay } from '#models/format-metric.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'

/** How a decision came about. */
export const kindWords: Readonly<Record<string, string>> = {
  cycle: 'Monthly review',
  baseline: 'Baseline',
  stop: 'Stop',
  expiry: 'Expiry',
  trip_wire: 'Trip-wire',
}

/** The part of the address that says which decisions are listed. Unknown values count as not given. */
export const decisionFilters = z.object({
  type: z.string().trim().catch(''),
  kind: z.enum(['', ...Object.keys(kindWords)]).catch(''),
  action: z.enum(['', 'expand', 'keep', 'reduce', 'baseline']).catch(''),
  person: z.string().trim().catch(''),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .catch(''),
  only: z.enum(['', 'in-force', 'dissent', 'override', 'pending']).catch(''),
  page: z.coerce.number().int().min(1).catch(1),
})
export type DecisionFilters = z.infer<typeof decisionFilters>

/** Whether a decision still says what holds: the newest of its type does, until it expires. */
export type Validity = 'in-force' | 'expired' | 'replaced'

export interface RegisteredDecision extends DecisionRecord {
  validity: Validity
  /** Votes against and abstentions in words; null when nobody disagreed. */
  dissent: string | null
  /** A stop that no second approver looked at yet. */
  isPending: boolean
  /** Highest level that the type may ever reach, as the registry says today; null: unregistered. */
  ceiling: OversightLevel | null
}

/** Every decision with what became of it. `records` are newest first; `ceilings` are those of the registry, by type. */
export function registerDecisions(
  records: readonly DecisionRecord[],
  now: Date,
  ceilings: ReadonlyMap<string, OversightLevel> = new Map(),
): RegisteredDecision[] {
  const seen = new Set<string>()
  return records.map((record) => {
    const isNewest = !seen.has(record.interactionType)
    seen.add(record.interactionType)
    return {
      ...record,
      validity: !isNewest ? 'replaced' : record.validUntil <= now ? 'expired' : 'in-force',
      dissent: dissentOf(record.votes),
      isPending: record.kind === 'stop' && record.stopApproval === null,
      ceiling: ceilings.get(record.interactionType) ?? null,
    }
  })
}

export function filterDecisions(
  decisions: readonly RegisteredDecision[],
  { type, kind, action, person, month, only }: DecisionFilters,
): RegisteredDecision[] {
  return decisions.filter(
    (decision) =>
      (type === '' || decision.interactionType === type) &&
      (kind === '' || decision.kind === kind) &&
      (action === '' || decision.action === action) &&
      (month === '' || decision.month === month) &&
      (person === '' || decision.signer.id === person || decision.votes.some((vote) => vote.voter.id === person)) &&
      (only === '' ||
        (only === 'dissent' && decision.dissent !== null) ||
        (only === 'override' && decision.isOverride) ||
        (only === 'pending' && decision.isPending) ||
        (only === 'in-force' && decision.validity === 'in-force')),
  )
}

/** "1 rejected, 2 abstained"; null when everybody who voted approved. */
function dissentOf(votes: DecisionRecord['votes']): string | null {
  const rejected = votes.filter(({ vote }) => vote === 'reject').length
  const abstained = votes.filter(({ vote }) => vote === 'abstain').length
  const parts = [rejected === 0 ? '' : `${rejected} rejected`, abstained === 0 ? '' : `${abstained} abstained`]
  return parts.filter(Boolean).join(', ') || null
}

/** The sentence above the list: what holds, what ends next, what waits. */
export function decisionLead(
  decisions: readonly RegisteredDecision[],
  timeZone: string,
): { strong: string; rest: string } {
  const inForce = decisions.filter(({ validity }) => validity === 'in-force')
  const expired = decisions.filter(({ validity }) => validity === 'expired')
  const pending = decisions.filter(({ isPending }) => isPending)
  const next = inForce.toSorted((a, b) => a.validUntil.getTime() - b.validUntil.getTime())[0]
  const rest = [
    next === undefined
      ? ''
      : `The next to expire is that of ${next.interactionType}, on ${formatDay(next.validUntil, timeZone)}.`,
    expired.length === 0
      ? ''
      : `${sentence(countWord(expired.length))} ${expired.length === 1 ? 'has' : 'have'} expired and not been renewed: each lowers its type by one level, recorded by the next “oversight review tick”, except where a human leads already.`,
    pending.length === 0
      ? ''
      : `${sentence(countWord(pending.length))} ${pending.length === 1 ? 'stop waits' : 'stops wait'} for a second approver.`,
  ]
  return {
    strong: `${countOf(inForce.length, 'decision is', 'decisions are')} in force, of ${countOf(decisions.length, 'decision')} ever signed.`,
    rest: rest.filter(Boolean).join(' '),
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function decisionHref(id: string): string {
  return `/decisions/${encodeURIComponent(id)}`
}
