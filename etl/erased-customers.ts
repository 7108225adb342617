import { existsSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { pseudonymOf, pseudonymSql } from './pseudonym.ts'
import { sqlLiteral } from './sql-literal.ts'

/**
 * Who was erased and must not come back: keyed hashes of customers as the warehouse would hold them, and of their
 * contacts, whose surveys and reviews may arrive by themselves. Whoever has the list without the key learns nothing.
 */
const fileName = 'erased-customers.txt'

const customerMark = 'erased customer\n'
const contactMark = 'erased contact\n'

export function erasedCustomerHash(customerId: string, key: Buffer): string {
  return pseudonymOf(`${customerMark}${customerId}`, key)
}

export function erasedContactHash(contact: { source: string; interactionId: string }, key: Buffer): string {
  return pseudonymOf(`${contactMark}${contact.source}\n${contact.interactionId}`, key)
}

/** SQL of the same hashes over the columns of a staged row; needs `preparePseudonyms`. Null for an unknown customer. */
export const erasedHashSql = {
  customer: pseudonymSql(`(${sqlLiteral(customerMark)} || customer_id)`),
  contact: pseudonymSql(`(${sqlLiteral(contactMark)} || source || ${sqlLiteral('\n')} || interaction_id)`),
}

/** The hashes, none when nobody was erased. */
export function listErased(warehouseDirectory: string): string[] {
  const file = join(warehouseDirectory, fileName)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split('\n').filter(Boolean)
}

export function hasErased(warehouseDirectory: string): boolean {
  return listErased(warehouseDirectory).length > 0
}

/** Adds hashes that are not there yet, and returns once they are on the disk. */
export async function addErased(warehouseDirectory: string, hashes: readonly string[]): Promise<void> {
  const known = new Set(listErased(warehouseDirectory))
  const added = [...new Set(hashes)].filter((hash) => !known.has(hash))
  if (added.length === 0) return
  const handle = await open(join(warehouseDirectory, fileName), 'a', 0o600)
  try {
    await handle.appendFile(`${added.join('\n')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
