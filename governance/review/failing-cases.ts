import { sha256Hex } from '../audit/canonical-json.ts'

/** Frozen evidence names at most so many failed contacts: a random draw of them where there are more. */
const mostFrozenCases = 200

/**
 * Names a failed contact in the ledger without repeating the source's own identifier there: the ledger forgets
 * nothing, while the contact itself may be erased.
 */
export function caseKey(contact: { source: string; interactionId: string }): string {
  return sha256Hex(`${contact.source}\n${contact.interactionId}`)
}

/** The failed contacts that evidence names, sorted; a draw that anybody can repeat where there are too many. */
export function casesToFreeze(
  contacts: readonly { source: string; interactionId: string }[],
  evidence: { month: string; interactionType: string },
): string[] {
  const keys = [...new Set(contacts.map(caseKey))]
  return lowestBySeed(keys, `${evidence.month}\n${evidence.interactionType}`, mostFrozenCases).sort()
}

/**
 * The failed contacts that this person opens before voting on this type in this month: a random draw that differs
 * from person to person and that everybody can repeat, as month, type and person seed it. Fewer when fewer failed.
 */
export function drawCases(
  cases: readonly string[],
  draw: { month: string; interactionType: string; voterId: string; count: number },
): string[] {
  return lowestBySeed(cases, `${draw.month}\n${draw.interactionType}\n${draw.voterId}`, draw.count)
}

/** Each key is hashed with the seed: a later revision of the evidence changes the draw only where cases came or went. */
function lowestBySeed(keys: readonly string[], seed: string, count: number): string[] {
  return keys
    .map((key) => ({ key, rank: sha256Hex(`${seed}\n${key}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ key }) => key)
}
