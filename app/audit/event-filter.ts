import { z } from 'zod'
import type { AuditEventFilter } from '#governance/audit/list-audit-events.ts'
import { completeThrough } from '#models/reporting-month.ts'

const day = z
  .string()
  .trim()
  .refine((text) => text === '' || (text.length === 10 && completeThrough(text, 'UTC') !== null))
  .catch('')

/** The part of the address that says which events are listed. What cannot be read is not asked for. */
export const eventFilter = z.object({
  action: z.string().trim().catch(''),
  person: z.string().trim().catch(''),
  object: z.string().trim().catch(''),
  /** Days of UTC, as the table shows them, both included. */
  from: day,
  through: day,
  page: z.coerce.number().int().min(1).catch(1),
})

export type EventFilter = Omit<z.infer<typeof eventFilter>, 'page'>

/** As the ledger is asked for it: what is empty is not asked for. */
export function askedEvents({ action, person, object, from, through }: EventFilter): AuditEventFilter {
  const colon = object.indexOf(':')
  return {
    action: action === '' ? undefined : action,
    actorId: person === '' ? undefined : person,
    object: colon < 1 ? undefined : { type: object.slice(0, colon), id: object.slice(colon + 1) },
    recordedFrom: from === '' ? undefined : `${from}T00:00:00.000Z`,
    recordedBefore: through === '' ? undefined : completeThrough(through, 'UTC')?.toISOString(),
  }
}

export function isFiltered({ action, person, object, from, through }: EventFilter): boolean {
  return [action, person, object, from, through].some((part) => part !== '')
}
