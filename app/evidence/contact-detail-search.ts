import { z } from 'zod'
import { type ContactDetail, longChain } from '#models/contacts/contact-detail.ts'
import { escalationReasons } from '#models/contract/escalation.ts'
import { defectClasses, defectSeverities } from '#models/contract/qa-review.ts'
import { defectWords, reasonWords } from './breakdown-words.ts'
import { wrongAddress } from './wrong-address.ts'

/** Fields of a detail and their names in the address. */
const parameters = {
  defect: 'defect',
  severity: 'severity',
  sampling: 'sampling',
  reviewers: 'reviewers',
  reason: 'reason',
  expectation: 'expectation',
  chainLength: 'chain',
  nextType: 'next',
  language: 'language',
} as const satisfies Record<keyof ContactDetail, string>

const schema = z.object({
  defect: z.enum([...defectClasses, 'none']).optional(),
  severity: z.enum([...defectSeverities, 'none']).optional(),
  sampling: z.enum(['targeted']).optional(),
  reviewers: z.enum(['two']).optional(),
  reason: z.enum(escalationReasons).optional(),
  expectation: z.enum(['expected', 'unexpected', 'unknown']).optional(),
  chain: z.coerce.number().int().min(1).max(longChain).optional(),
  next: z.string().trim().min(1).max(200).optional(),
  language: z.string().trim().min(1).max(35).optional(),
})

/** Reads the detail of an address. Throws bad_input: a list must not show more than its address promises. */
export function parseContactDetail(search: URLSearchParams): ContactDetail {
  const given = Object.values(parameters).flatMap((name) => {
    const value = search.get(name)
    return value ? [[name, value] as const] : []
  })
  const parsed = schema.safeParse(Object.fromEntries(given))
  if (!parsed.success) {
    throw wrongAddress('This list cannot be made', parsed.error, search, {
      chain: `a whole number from 1 to ${longChain}`,
      next: 'a name of at most 200 characters',
      language: 'a language of at most 35 characters',
    })
  }
  const { chain, next, ...rest } = parsed.data
  return { ...rest, chainLength: chain, nextType: next }
}

/** Adds the detail to the search of an address. */
export function writeContactDetail(search: URLSearchParams, detail: ContactDetail): void {
  for (const [field, name] of Object.entries(parameters)) {
    const value = detail[field as keyof ContactDetail]
    if (value !== undefined) search.set(name, String(value))
  }
}

/** In words, as they stand after "only": "policy misapplication, major". Empty without one. */
export function contactDetailWords(detail: ContactDetail): string {
  const { defect, severity, sampling, reviewers, reason, expectation, chainLength, nextType, language } = detail
  return [
    defect === undefined ? null : defectWords[defect],
    severity === undefined ? null : severity === 'none' ? 'no severity stated' : severity,
    sampling === undefined ? null : 'found by targeted reviews',
    reviewers === undefined ? null : 'reviewed by two people',
    reason === undefined ? null : `escalated for ${reasonWords[reason]}`,
    expectation === undefined ? null : expectation === 'unknown' ? 'not known whether expected' : expectation,
    chainLength === undefined ? null : chainText(chainLength),
    nextType === undefined ? null : `followed by ${nextType}`,
    language === undefined ? null : language === 'unknown' ? 'language unknown' : `language ${language}`,
  ]
    .filter((part) => part !== null)
    .join(', ')
}

/** "3 contacts in the chain", "5 or more contacts in the chain". */
function chainText(length: number): string {
  return `${length}${length >= longChain ? ' or more' : ''} contact${length === 1 ? '' : 's'} in the chain`
}
