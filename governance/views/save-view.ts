import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { getActiveUser } from '../accounts/acting-user.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { refuseTakenName, type SavedView, toSavedView, viewName } from './saved-view.ts'

/** More could not be found again in a list. */
export const mostViews = 50

const inputSchema = z.object({
  name: viewName,
  search: z.string().max(2000, 'The address is too long.'),
})

/**
 * Gives a view of the overview a name, for this person alone. A preference, so the trail says nothing of it. Throws
 * bad_input, conflict when the person has a view of this name, or as many as there may be.
 */
export async function saveView(
  ledger: Pick<Ledger, 'db'>,
  input: z.input<typeof inputSchema> & { by: string },
  clock: Clock,
): Promise<SavedView> {
  const { name, search } = parseInput(inputSchema, input, 'The view')
  return change(ledger, async (db) => {
    const { id: userId } = await getActiveUser(db, input.by)
    await refuseTakenName(db, { userId, name })
    const { count } = await db
      .selectFrom('saved_views')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow()
    if (Number(count) >= mostViews) {
      throw new OversightError('conflict', `You have ${mostViews} views, the most there may be. Delete one first.`)
    }
    const row = { view_id: clock.newId(), user_id: userId, name, search, saved_at: clock.now.toISOString() }
    await db.insertInto('saved_views').values(row).execute()
    return toSavedView(row)
  })
}
