import { createHash, randomBytes } from 'node:crypto'
import { actAs, type By } from '../accounts/acting-user.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

/** Who was erased, provable to whoever holds the nonce and the identifier, and to nobody else. */
export interface ErasureReceipt {
  commitment: string
  /** Is stored nowhere. */
  nonce: string
}

/**
 * Writes into the audit trail that a customer was erased: SHA-256 of a random nonce and the identifier, never the
 * identifier. The trail stays, so without the nonce nobody can find out from it who it was.
 */
export async function recordErasure(
  ledger: Ledger,
  input: { customer: string; snapshotCount: number; contactCount: number; by: By },
  clock: Clock,
): Promise<ErasureReceipt> {
  const nonce = randomBytes(32).toString('hex')
  const commitment = createHash('sha256').update(`${nonce}\n${input.customer}`).digest('hex')
  await change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['admin', 'system'], 'erase customers')
    await recordEvent(db, clock, actor, {
      action: 'customer-erased',
      object: { type: 'customer', id: commitment },
      data: { commitment, snapshotCount: input.snapshotCount, contactCount: input.contactCount },
    })
  })
  return { commitment, nonce }
}
