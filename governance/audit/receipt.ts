import { OversightError } from '#models/oversight-error.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { openCheckpoint, type TreeHead } from './checkpoint.ts'
import { inclusionProof, verifyInclusion } from './merkle-tree.ts'
import type { Checkpoint } from './sign-checkpoint.ts'
import type { NoteVerifier } from './signed-note.ts'
import { storedNodes } from './stored-tree.ts'

const header = 'c2sp.org/tlog-proof@v1'

/** C2SP tlog-proof: index, inclusion proof and the checkpoint it leads to. */
export function receiptText(index: number, proof: readonly Uint8Array[], checkpointNote: string): string {
  const hashes = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('')
  return `${header}\nindex ${index}\n${hashes}\n${checkpointNote}`
}

/** The receipt of one event: whoever keeps it can show that the event was in the trail. */
export async function issueReceipt(ledger: Ledger, seq: number, checkpoint: Checkpoint): Promise<string> {
  const proof = await inclusionProof(storedNodes(ledger.db), seq, checkpoint.size)
  return receiptText(seq, proof, checkpoint.note)
}

/** Checks a receipt against the leaf's hash. Gives the tree head; throws trail_broken when it does not hold. */
export function verifyReceipt(receipt: string, leaf: Uint8Array, verifier: NoteVerifier): TreeHead & { index: number } {
  const split = receipt.indexOf('\n\n')
  const [first, second, ...hashes] = receipt.slice(0, split).split('\n')
  const index = /^index (\d+)$/.exec(second ?? '')?.[1]
  if (split < 0 || first !== header || index === undefined) {
    throw new OversightError('trail_broken', 'This is no receipt of the form c2sp.org/tlog-proof@v1.')
  }
  const head = openCheckpoint(receipt.slice(split + 2), verifier)
  const proof = hashes.map((hash) => Buffer.from(hash, 'base64'))
  if (!verifyInclusion(Number(index), head.size, leaf, proof, head.root)) {
    throw new OversightError('trail_broken', `The event is not at place ${index} of the signed trail.`)
  }
  return { ...head, index: Number(index) }
}
