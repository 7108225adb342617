import { OversightError } from '#models/oversight-error.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { inclusionProof } from './merkle-tree.ts'
import { receiptText } from './receipt.ts'
import { storedNodes } from './stored-tree.ts'

/**
 * The receipt of an event under the first checkpoint that covers it: the same text every time it is asked for. Throws
 * not_found for an event that does not exist or that no checkpoint covers yet.
 */
export async function findReceipt(ledger: Pick<Ledger, 'db'>, seq: number): Promise<string> {
  const checkpoint = await ledger.db
    .selectFrom('checkpoints')
    .select(['tree_size', 'note'])
    .where('tree_size', '>', seq)
    .orderBy('tree_size')
    .executeTakeFirst()
  if (checkpoint === undefined) {
    throw new OversightError(
      'not_found',
      `No signed checkpoint covers event ${seq} yet. The next signature makes one, and so does "oversight audit checkpoint".`,
    )
  }
  const proof = await inclusionProof(storedNodes(ledger.db), seq, checkpoint.tree_size)
  return receiptText(seq, proof, checkpoint.note)
}
