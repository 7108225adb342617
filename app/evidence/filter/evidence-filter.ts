import { z } from 'zod'
import type { ContactFilter } from '#models/contacts/contact-filter.ts'
import { wrongAddress } from '../wrong-address.ts'
import { filterParameters } from './filter-parameters.ts'

/**
 * Which contacts the numbers of a page describe. Gates, recommendations and decisions never follow it: they speak of all
 * contacts.
 */
export interface EvidenceFilter extends ContactFilter {
  /** Interaction types of this area of the registry; null: every type, registered or not. */
  area: string | null
}

export const noFilter: EvidenceFilter = { area: null, channel: null, customerTier: null, aiVersion: null }

type Field = keyof typeof filterParameters
const fields = Object.keys(filterParameters) as Field[]

const name = z.string().trim().min(1).max(200)
const schema = z.object({
  area: name.optional(),
  channel: name.optional(),
  customers: z.enum(['standard', 'vip', 'unknown']).optional(),
  version: name.optional(),
})

/**
 * Reads the filter from an address; an empty or missing part means no such filter. Throws bad_input naming the part that
 * cannot be used: a page must not show all contacts under an address that promises some.
 */
export function parseEvidenceFilter(search: URLSearchParams): EvidenceFilter {
  const given = Object.values(filterParameters).flatMap((parameter) => {
    const value = search.get(parameter)?.trim()
    return value ? [[parameter, value] as const] : []
  })
  const parsed = schema.safeParse(Object.fromEntries(given))
  if (!parsed.success) {
    const rule = 'a name of at most 200 characters'
    throw wrongAddress('The filter cannot be used', parsed.error, search, { area: rule, channel: rule, version: rule })
  }
  const { area = null, channel = null, customers = null, version = null } = parsed.data
  return { area, channel, customerTier: customers, aiVersion: version }
}

/** Writes the filter into the search of an address, in place of what it says of one; its other parts are kept. */
export function writeEvidenceFilter(search: URLSearchParams, filter: EvidenceFilter): URLSearchParams {
  const written = new URLSearchParams(search)
  for (const field of fields) {
    const value = filter[field]
    if (value === null) written.delete(filterParameters[field])
    else written.set(filterParameters[field], value)
  }
  return written
}

/** Anything is left out of the page. */
export function isFiltered(filter: EvidenceFilter): boolean {
  return fields.some((field) => filter[field] !== null)
}

/** Numbers of single types are of some of their contacts. An area alone only chooses types. */
export function isNarrowed({ channel, customerTier, aiVersion }: ContactFilter): boolean {
  return channel !== null || customerTier !== null || aiVersion !== null
}

const customerWords = { standard: 'standard customers', vip: 'VIP customers', unknown: 'customers of no stated tier' }

const channelWords: Readonly<Record<string, string>> = {
  social: 'social media',
  web: 'the web',
  other: 'another channel',
}

/** The filter as it follows what it narrows: "by chat, of VIP customers, with AI version 4.2". Empty without one. */
export function filterPhrase({ area, channel, customerTier, aiVersion }: EvidenceFilter): string {
  return [
    area === null ? null : `in the area ${area}`,
    channel === null ? null : `by ${channelWords[channel] ?? channel}`,
    customerTier === null ? null : `of ${customerWords[customerTier]}`,
    aiVersion === null
      ? null
      : aiVersion === 'unknown'
        ? 'without a stated AI version'
        : `with AI version ${aiVersion}`,
  ]
    .filter((part) => part !== null)
    .join(', ')
}

/** The filter in words, for sentences: "orders, chat, VIP customers, AI version 4.2". Empty without one. */
export function filterWords({ area, channel, customerTier, aiVersion }: EvidenceFilter): string {
  return [
    area,
    channel,
    customerTier === null ? null : customerWords[customerTier],
    aiVersion === null ? null : aiVersion === 'unknown' ? 'AI version not stated' : `AI version ${aiVersion}`,
  ]
    .filter((part) => part !== null)
    .join(', ')
}
