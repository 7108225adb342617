import { OversightError } from '#models/oversight-error.ts'
import { change } from '../ledger/change.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

/** Removes a view of one's own. Throws not_found, also for a view of somebody else. */
export async function deleteView(
  ledger: Pick<Ledger, 'db'>,
  { viewId, by }: { viewId: string; by: string },
): Promise<void> {
  await change(ledger, async (db) => {
    const { numDeletedRows } = await db
      .deleteFrom('saved_views')
      .where('view_id', '=', viewId)
      .where('user_id', '=', by)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw new OversightError('not_found', 'You have no such view (any more).')
  })
}
