import { OversightError } from '#models/oversight-error.ts'
import { change } from '../ledger/change.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { openCheckpoint, signCheckpointNote, type TreeHead } from './checkpoint.ts'
import { treeRoot } from './merkle-tree.ts'
import { parseVerifierKey } from './signed-note.ts'
import { findLastSigned, keepLastSigned, openSigningKey } from './signing-key.ts'
import { storedNodes, treeSize } from './stored-tree.ts'

export interface Checkpoint extends TreeHead {
  note: string
}

/**
 * Signs the present end of the trail and stores the note; again at the same size it gives the same note. Throws
 * trail_broken instead of signing when the trail is shorter than the last signed one or no longer contains it: a log
 * never signs backwards.
 */
export async function signCheckpoint(ledger: Ledger): Promise<Checkpoint> {
  const signer = openSigningKey(ledger.keysDirectory)
  const verifier = parseVerifierKey(signer.verifierKey)
  return change(ledger, async (db) => {
    const size = await treeSize(db)
    const read = storedNodes(db)
    const head = { origin: signer.name, size, root: Buffer.from(await treeRoot(read, size)) }
    const lastNote = findLastSigned(ledger.keysDirectory)
    if (lastNote === undefined) {
      const stored = await db.selectFrom('checkpoints').select('tree_size').limit(1).executeTakeFirst()
      if (stored !== undefined) {
        throw new OversightError(
          'trail_broken',
          `The ledger holds checkpoints but ${ledger.keysDirectory} has no memory of them. Restore the keys folder that belongs to this ledger.`,
        )
      }
    } else {
      const last = openCheckpoint(lastNote, verifier)
      if (last.size > size) {
        throw new OversightError(
          'trail_broken',
          `The audit trail holds ${size} events but ${last.size} were signed: its end was cut off. Restore the ledger from a backup.`,
        )
      }
      if (!last.root.equals(await treeRoot(read, last.size))) {
        throw new OversightError(
          'trail_broken',
          `The first ${last.size} events are not those that were signed. Run "oversight audit verify".`,
        )
      }
    }
    const note = signCheckpointNote(head, signer)
    if (note !== lastNote) keepLastSigned(ledger.keysDirectory, note)
    const known = await db.selectFrom('checkpoints').select('note').where('tree_size', '=', size).executeTakeFirst()
    if (known === undefined) {
      await db
        .insertInto('checkpoints')
        .values({ tree_size: size, root_sha256: head.root.toString('hex'), note })
        .execute()
    }
    return { ...head, note }
  })
}
