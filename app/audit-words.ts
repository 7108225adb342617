import type { ListedEvent } from '#governance/audit/list-audit-events.ts'
import { levelWords } from '#governance/levels/level-words.ts'
import { countOf, formatMonth } from '#models/format-metric.ts'

const levels: Readonly<Record<string, string>> = levelWords

/** What an event says, in one line. An event that no sentence is written for names its object. */
export function eventSentence(
  { action, object, data }: Pick<ListedEvent, 'action' | 'object' | 'data'>,
  /** Names of people by id. */
  names: ReadonlyMap<string, string>,
): string {
  const text = (name: string): string => String(data[name] ?? '')
  const level = (name: string): string => levels[text(name)] ?? 'no level'
  switch (action) {
    case 'ledger-created':
      return 'The ledger was made'
    case 'policy-published':
      return `Policy ${text('policyVersion')}, from ${formatMonth(text('effectiveMonth'))} on`
    case 'user-created':
      return `${text('name')}: ${list(data.roles)}`
    case 'user-roles-changed':
      return `${names.get(object.id) ?? object.id}: from ${list(data.before)} to ${list(data.after)}`
    case 'account-locked':
      return `Too many wrong passwords, paused until ${text('until').slice(0, 16).replace('T', ' ')}`
    case 'type-registered':
    case 'type-changed':
      return `${object.id}: ${text('riskTier')} risk, ceiling ${level('ceiling')}`
    case 'review-opened':
      return `Review of ${formatMonth(object.id)}, ${countOf(Array.isArray(data.interactionTypes) ? data.interactionTypes.length : 0, 'type')}`
    case 'review-closed':
      return `Review of ${formatMonth(object.id)}`
    case 'evidence-frozen':
      return `${text('interactionType')}, ${formatMonth(text('month'))}: ${text('recommendation')} recommended${data.revision === 1 ? '' : `, revision ${text('revision')}`}`
    case 'proposal-made':
      return `${text('interactionType')}, ${formatMonth(text('month'))}: to ${text('proposedAction')}`
    case 'proposal-withdrawn':
      return `${text('interactionType')}, ${formatMonth(text('month'))}`
    case 'vote-cast':
    case 'decision-recorded':
    case 'stop-approved':
      return text('meaning')
    case 'level-changed':
      return `${object.id}: ${level('fromLevel')} to ${level('toLevel')}`
    case 'type-stopped':
      return `${object.id}, to be approved afterwards`
    case 'signed-in':
      return 'With e-mail address and password'
    case 'user-disabled':
    case 'user-enabled':
    case 'password-changed':
      return names.get(object.id) ?? object.id
    default:
      return `${object.type} ${object.id}`
  }
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : ''
}
