import { issueReceipt } from '../audit/receipt.ts'
import { signCheckpoint } from '../audit/sign-checkpoint.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

/**
 * What a signer takes home: the place in the trail, and a proof (C2SP tlog-proof) that can be checked offline. null
 * when the checkpoint could not be signed; the signature itself stands and the next checkpoint covers it.
 */
export interface Receipt {
  seq: number
  text: string | null
  /** Why there is no proof yet. */
  problem: string | null
}

/** Signs a checkpoint over the trail and proves that event `seq` is in it. */
export async function receiptOf(ledger: Ledger, seq: number): Promise<Receipt> {
  try {
    return { seq, text: await issueReceipt(ledger, seq, await signCheckpoint(ledger)), problem: null }
  } catch (error) {
    return { seq, text: null, problem: error instanceof Error ? error.message : String(error) }
  }
}
