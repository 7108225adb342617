import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { change } from '../ledger/change.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { refuseTakenName, viewName } from './saved-view.ts'

const inputSchema = z.object({ name: viewName })

/**
 * Gives a view of one's own another name. Throws bad_input, not_found (also for a view of somebody else), conflict when
 * another view has the name.
 */
export async function renameView(
  ledger: Pick<Ledger, 'db'>,
  { viewId, by, ...input }: { viewId: string; name: string; by: string },
): Promise<void> {
  const { name } = parseInput(inputSchema, input, 'The name')
  await change(ledger, async (db) => {
    await refuseTakenName(db, { userId: by, name, except: viewId })
    const { numUpdatedRows } = await db
      .updateTable('saved_views')
      .set({ name })
      .where('view_id', '=', viewId)
      .where('user_id', '=', by)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new OversightError('not_found', 'You have no such view (any more).')
  })
}
