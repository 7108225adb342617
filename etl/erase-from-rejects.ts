import { existsSync, readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { erasedContactHash } from './erased-customers.ts'
import { pseudonymOf } from './pseudonym.ts'
import { contactKey, type RemovedContact } from './remove-contacts.ts'

/** A refused row as its line holds it: the values as the mapping gave them, none where they must leave no trace. */
interface RefusedRow {
  values: Partial<Record<'source' | 'interaction_id' | 'customer_id', string>>
}

interface Person {
  identifiers: readonly string[]
  key: Buffer
}

/** Contacts of a customer that were refused themselves, as far as the files with the raw values still tell. */
export function listRejectedContacts(directory: string, person: Person): RemovedContact[] {
  const isTheirs = isRowOf(person)
  const contacts = new Map<string, RemovedContact>()
  for (const path of rejectFiles(directory)) {
    for (const line of linesOf(path)) {
      const { values } = readLine(line)
      const { source, interaction_id: interactionId } = values
      if (source === undefined || interactionId === undefined || !isTheirs(values)) continue
      contacts.set(contactKey({ source, interactionId }), { source, interactionId })
    }
  }
  return [...contacts.values()]
}

/**
 * Removes a customer from the files with the raw values of refused rows: the rows that name one of the identifiers, and
 * those of contacts of which the hash is among `erased`, which a run that was killed left on the disk. Returns how many
 * lines went.
 */
export function eraseFromRejects(directory: string, person: Person & { erased: readonly string[] }): number {
  const isTheirs = isRowOf(person)
  const erased = new Set(person.erased)
  const isErased = ({ source, interaction_id: interactionId }: RefusedRow['values']) =>
    source !== undefined &&
    interactionId !== undefined &&
    erased.has(erasedContactHash({ source, interactionId }, person.key))
  let removed = 0
  for (const path of rejectFiles(directory)) {
    const lines = linesOf(path)
    const kept = lines.filter((line) => {
      const { values } = readLine(line)
      // A value alone says nothing: the number of a contact may be the score of somebody else.
      return !isTheirs(values) && !isErased(values)
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

/** Refused rows hold the customer as the source does, so a pseudonym finds them by the hash of what they hold. */
function isRowOf({ identifiers, key }: Person): (values: RefusedRow['values']) => boolean {
  const known = new Set(identifiers)
  return ({ customer_id: customer }) =>
    customer !== undefined && (known.has(customer) || known.has(pseudonymOf(customer, key)))
}

function rejectFiles(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => join(directory, name))
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean)
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
