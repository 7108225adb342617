import { rmSync } from 'node:fs'
import { listSnapshots } from '#models/warehouse/prune-snapshots.ts'
import { startSnapshot } from '#models/warehouse/snapshots.ts'
import { eraseFromRejects, listRejectedContacts } from './erase-from-rejects.ts'
import { addErased, erasedContactHash, erasedCustomerHash, listErased } from './erased-customers.ts'
import { contactKey, listHeldContacts, removeContacts, removeLeftovers } from './remove-contacts.ts'
import { sqlLiteral } from './sql-literal.ts'

export interface Erasure {
  /** Snapshots that held the person and were written anew. */
  snapshotCount: number
  /** Contacts of the person in the newest of them. */
  contactCount: number
  /** Lines with raw values that were removed from files of rejects. */
  rejectCount: number
}

/**
 * Removes the rows of a customer from every kept snapshot: contacts, what hangs on them, and waiting rows, also those of
 * contacts that were refused. Each file is written anew, since deleted bytes would stay in it, and takes the old one's
 * place atomically; readers that have the old one open keep it until they close. Aggregates stay. `identifiers` are the
 * forms under which the customer may be stored. Keyed hashes of them and of their contacts are kept, so that no later
 * load brings them back. Rebuild and publish afterwards. Throws conflict while a load runs.
 */
export async function eraseCustomer(
  home: { warehouseDirectory: string; rejectsDirectory: string },
  identifiers: readonly string[],
  key: Buffer,
): Promise<Erasure> {
  const erasure: Erasure = { snapshotCount: 0, contactCount: 0, rejectCount: 0 }
  // The lock of loads: nobody copies a snapshot while it is written anew.
  const lock = await startSnapshot(home.warehouseDirectory)
  rmSync(lock.file, { force: true })
  try {
    removeLeftovers(home.warehouseDirectory)
    // First, so that a load after a crash in the middle brings nobody back.
    const customers = identifiers.map((each) => erasedCustomerHash(each, key))
    // What hangs on a contact that was refused itself waits for it.
    const files = listSnapshots(home.warehouseDirectory).map(({ file }) => file)
    const isHeldBy = `customer_id IN (${identifiers.map(sqlLiteral).join(', ')})`
    const refused = listRejectedContacts(home.rejectsDirectory, { identifiers, key })
    // A refused row may name the customer by mistake, and the corrected contact be somebody else's.
    const ofOthers = await listHeldContacts(files, refused, `NOT ${isHeldBy}`)
    const rejected = refused.filter((each) => !ofOthers.has(contactKey(each)))
    await addErased(home.warehouseDirectory, [...customers, ...rejected.map((each) => erasedContactHash(each, key))])
    for (const file of files) {
      const found = await removeContacts(file, home.warehouseDirectory, { condition: isHeldBy, others: rejected })
      if (found === null) continue
      erasure.snapshotCount += 1
      erasure.contactCount = found.length
      const hashes = found.map((contact) => erasedContactHash(contact, key))
      await addErased(home.warehouseDirectory, hashes)
    }
    erasure.rejectCount = eraseFromRejects(home.rejectsDirectory, {
      identifiers,
      key,
      erased: listErased(home.warehouseDirectory),
    })
    return erasure
  } finally {
    lock.release()
  }
}
