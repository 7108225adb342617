import type { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import type { NodeReader } from './merkle-tree.ts'

/** Reads the hashes that were stored at append. Throws trail_broken when one is missing. */
export function storedNodes(db: Kysely<LedgerSchema>): NodeReader {
  return async (height, position) => {
    const node = await db
      .selectFrom('audit_nodes')
      .select('sha256')
      .where('height', '=', height)
      .where('position', '=', position)
      .executeTakeFirst()
    if (node === undefined) {
      throw new OversightError(
        'trail_broken',
        `The audit tree lacks the hash of height ${height}, position ${position}. Run "oversight audit verify".`,
      )
    }
    return Buffer.from(node.sha256, 'hex')
  }
}

/** Number of events in the trail. */
export async function treeSize(db: Kysely<LedgerSchema>): Promise<number> {
  const last = await db
    .selectFrom('audit_events')
    .select((of) => of.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return last?.seq === null || last?.seq === undefined ? 0 : Number(last.seq) + 1
}
