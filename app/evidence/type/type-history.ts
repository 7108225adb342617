import type { Decision } from '#governance/review/decision.ts'
import { formatDay } from '#models/format-metric.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { ChartEvent } from '../../charts/event-flags.tsx'
import { reviewHref } from '../review-progress.ts'
import { chartMoment } from './chart-moment.ts'

/** One line of a type's history: a decision, or a change of model, prompt, knowledge, policy or routing. */
export interface HistoryEntry {
  /** Letter of its flag in the charts; null when it lies outside them or changed nothing there. */
  letter: string | null
  kind: 'decision' | 'change'
  text: string
  when: string
  href: string | null
}

export interface ChangeEventView {
  changedAt: Date
  kind: string
  summary: string | null
}

const levels: Readonly<Record<OversightLevel, string>> = {
  human_as_the_loop: 'as the loop',
  human_in_the_loop: 'in the loop',
  human_on_the_loop: 'on the loop',
}
const changeWords: Readonly<Record<string, string>> = {
  model: 'Model change',
  prompt: 'Prompt change',
  knowledge: 'Knowledge change',
  policy: 'Policy change',
  routing: 'Routing change',
  vendor_definition: 'Vendor changed a definition',
}

/** Newest first, and the flags that charts draw for those that changed something within the months drawn. */
export function typeHistory(
  decisions: readonly Decision[],
  changes: readonly ChangeEventView[],
  months: readonly string[],
  timeZone: string,
): { entries: HistoryEntry[]; flags: ChartEvent[] } {
  const all = [
    ...decisions.map((decision) => ({
      at: decision.effectiveAt,
      kind: 'decision' as const,
      isFlagged: decision.action !== 'keep',
      text: decisionText(decision),
      when: `${formatDay(decision.decidedAt, timeZone)}, ${decision.signer.name}`,
      href: decision.month === null ? null : reviewHref(decision.month, decision.interactionType),
    })),
    ...changes.map((change) => ({
      at: change.changedAt,
      kind: 'change' as const,
      isFlagged: true,
      text: change.summary ?? changeWords[change.kind] ?? change.kind,
      when: `${formatDay(change.changedAt, timeZone)}, ${(changeWords[change.kind] ?? change.kind).toLowerCase()}`,
      href: null,
    })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime())
  const flags: ChartEvent[] = []
  const entries = all.map(({ at, kind, isFlagged, text, when, href }): HistoryEntry => {
    const moment = chartMoment(at, timeZone)
    const letter = isFlagged && months.includes(moment.month) ? letterOf(flags.length) : null
    if (letter !== null) flags.push({ letter, kind, moment, text: `${text}, ${when}` })
    return { letter, kind, text, when, href }
  })
  return { entries: entries.reverse(), flags }
}

function decisionText(decision: Decision): string {
  const to = decision.toLevel === null ? '' : levels[decision.toLevel]
  if (decision.kind === 'stop') return `Stopped, now ${to}`
  if (decision.action === 'baseline') return `Baseline: ${to}`
  if (decision.action === 'expand') return `Expanded to ${to}`
  if (decision.action === 'reduce') return `Reduced to ${to}`
  return `Kept ${to}`
}

function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1)
}
