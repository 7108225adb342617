import type { EscalationReasonCount } from '#models/escalations/list-escalation-reasons.ts'
import { reasonWords } from './breakdown-words.ts'

export interface ReasonRow {
  reason: EscalationReasonCount['reason']
  word: string
  contactCount: number
  /** Types where it happened most, at most three, largest first. */
  mostIn: readonly { interactionType: string; contactCount: number }[]
}

/** Counts by reason over all types, most frequent first. */
export function reasonRows(counts: readonly EscalationReasonCount[]): ReasonRow[] {
  const byReason = new Map<EscalationReasonCount['reason'], EscalationReasonCount[]>()
  for (const count of counts) byReason.set(count.reason, [...(byReason.get(count.reason) ?? []), count])
  return [...byReason]
    .map(([reason, of]) => ({
      reason,
      word: reasonWords[reason],
      contactCount: of.reduce((sum, { contactCount }) => sum + contactCount, 0),
      mostIn: of
        .toSorted((a, b) => b.contactCount - a.contactCount || a.interactionType.localeCompare(b.interactionType, 'en'))
        .slice(0, 3)
        .map(({ interactionType, contactCount }) => ({ interactionType, contactCount })),
    }))
    .sort((a, b) => b.contactCount - a.contactCount || a.reason.localeCompare(b.reason, 'en'))
}
