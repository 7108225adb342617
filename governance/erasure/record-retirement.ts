import { actAs, type By } from '../accounts/acting-user.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

/** Writes into the audit trail that contacts which started before an instant were removed for their age. */
export async function recordRetirement(
  ledger: Ledger,
  input: { before: Date; snapshotCount: number; contactCount: number; by: By },
  clock: Clock,
): Promise<void> {
  await change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['admin', 'system'], 'retire contacts')
    const before = input.before.toISOString()
    await recordEvent(db, clock, actor, {
      action: 'contacts-retired',
      object: { type: 'warehouse', id: before },
      data: { before, snapshotCount: input.snapshotCount, contactCount: input.contactCount },
    })
  })
}
