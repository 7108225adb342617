import { existsSync, readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pseudonymOf } from './pseudonym.ts'
import type { RemovedContact } from './remove-contacts.ts'

/** A refused row as its line holds it: the values as the mapping gave them, none where they must leave no trace. */
interface RefusedRow {
  values: Partial<Record<'source' | 'interaction_id' | 'customer_id', string>>
}

/**
 * Removes a customer from the files with the raw values of refused rows: the rows that name one of the identifiers, and
 * those of their contacts, both the given ones and the ones that were refused themselves. Returns how many lines went.
 *
 * Refused rows hold the customer as the source does, so a pseudonym finds them by the hash of what they hold.
 */
export function eraseFromRejects(
  directory: string,
  person: { identifiers: readonly string[]; contacts: readonly RemovedContact[]; key: Buffer },
): number {
  if (!existsSync(directory)) return 0
  const paths = readdirSync(directory)
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => join(directory, name))
  const identifiers = new Set(person.identifiers)
  const isTheirs = ({ customer_id: customer }: RefusedRow['values']) =>
    customer !== undefined && (identifiers.has(customer) || identifiers.has(pseudonymOf(customer, person.key)))

  const contacts = new Set(person.contacts.map(({ source, interactionId }) => `${source}\n${interactionId}`))
  for (const path of paths) {
    for (const line of linesOf(path)) {
      const { values } = readLine(line)
      const contact = contactOf(values)
      if (contact !== undefined && isTheirs(values)) contacts.add(contact)
    }
  }
  let removed = 0
  for (const path of paths) {
    const lines = linesOf(path)
    const kept = lines.filter((line) => {
      const { values } = readLine(line)
      const contact = contactOf(values)
      // A value alone says nothing: the number of a contact may be the score of somebody else.
      return !isTheirs(values) && (contact === undefined || !contacts.has(contact))
    })
    if (kept.length === lines.length) continue
    removed += lines.length - kept.length
    // The 90 days of the others go on.
    const { atime, mtime } = statSync(path)
    writeFileSync(`${path}.part`, kept.map((line) => `${line}\n`).join(''), { mode: 0o600 })
    utimesSync(`${path}.part`, atime, mtime)
    renameSync(`${path}.part`, path)
  }
  return removed
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean)
}

function contactOf({ source, interaction_id: interactionId }: RefusedRow['values']): string | undefined {
  return source === undefined || interactionId === undefined ? undefined : `${source}\n${interactionId}`
}

/** Numbers stay as they are written: an identifier of nineteen digits would be another one as a number. */
function readLine(line: string): RefusedRow {
  const parsed = JSON.parse(line, ((_name: string, value: unknown, context: { source?: string }) =>
    typeof value === 'number' ? context.source : value) as (name: string, value: unknown) => unknown) as {
    values?: Record<string, unknown>
  }
  const given = Object.entries(parsed.values ?? {}).filter(([, value]) => value !== null && value !== '')
  return { values: Object.fromEntries(given.map(([name, value]) => [name, String(value)])) }
}
