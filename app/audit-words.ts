import type { ListedEvent } from '#governance/audit/list-audit-events.ts'
import { levelWords } from '#governance/levels/level-words.ts'
import { countOf, formatMonth } from '#models/format-metric.ts'

const levels: Readonly<Record<string, string>> = levelWords

/** What an event says, in one line. Every kind has its sentence: a new one without does not compile. */
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
    case 'policy-drafted':
      return `Policy ${text('policyVersion')}, waits for approvals`
    case 'policy-withdrawn':
      return `Policy ${text('policyVersion')}: the draft was taken back`
    case 'policy-approved':
      return text('meaning')
    case 'user-created':
      return `${text('name')}: ${list(data.roles)}`
    case 'user-roles-changed':
      return `${names.get(object.id) ?? object.id}: from ${list(data.before)} to ${list(data.after)}`
    case 'account-locked':
      return `Too many wrong passwords, paused until ${text('until').slice(0, 16).replace('T', ' ')}`
    case 'type-registered':
    case 'type-changed':
      return `${object.id}: ${text('riskTier')} risk, ceiling ${level('ceiling')}`
    case 'type-facts-recorded':
      return `${object.id}: risk class ${text('riskClass')}, ${data.hasLegalEffect === true ? 'legal effect' : 'no legal effect'}${text('moneyLimit') === '' ? '' : `, money limit ${text('moneyLimit')}`}`
    case 'type-opened':
      return `${object.id} in the review of ${formatMonth(text('month'))}, before voting`
    case 'case-opened':
      return `A failed contact of ${object.id}, drawn for the review of ${formatMonth(text('month'))}`
    case 'training-recorded':
      return `${names.get(object.id) ?? object.id}: trained until ${text('trainedUntil')}`
    case 'decision-expired':
      return `${text('interactionType')}: not renewed by ${text('expiredAt').slice(0, 10)}, stepped down`
    case 'trip-wire-fired':
      return `${object.id}, ${formatMonth(text('month'))}: ${text('metric').replaceAll('_', ' ')} reached ${text('value')}, agreed were ${text('threshold')}; stepped down`
    case 'customer-erased':
      return `${countOf(Number(data.contactCount ?? 0), 'contact')} of one customer, in ${countOf(Number(data.snapshotCount ?? 0), 'snapshot')}`
    case 'contacts-retired':
      return `${countOf(Number(data.contactCount ?? 0), 'contact')} that started before ${text('before').slice(0, 10)}, in ${countOf(Number(data.snapshotCount ?? 0), 'snapshot')}`
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
    case 'api-token-created':
      return `Of ${holder(data.holderId, names)}, for ${list(data.scopes)}, until ${text('expiresAt').slice(0, 10)}`
    case 'api-token-revoked':
      return `Of ${holder(data.holderId, names)}${revocations[text('reason')] ?? ''}`
    case 'signed-in':
      return 'With e-mail address and password'
    case 'user-disabled':
    case 'user-enabled':
    case 'password-changed':
    case 'password-reset':
      return names.get(object.id) ?? object.id
    default:
      return unknownEvent(action)
  }
}

/** Of a newer version, whose trail this one reads. */
function unknownEvent(action: never): string {
  return String(action)
}

const revocations: Readonly<Record<string, string>> = {
  account_disabled: ', as the account was closed',
  role_lost: ', as its role was taken away',
}

function holder(id: unknown, names: ReadonlyMap<string, string>): string {
  return id === null ? 'a machine' : (names.get(String(id)) ?? String(id))
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : ''
}
