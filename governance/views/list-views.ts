import type { Ledger } from '../ledger/open-ledger.ts'
import { type SavedView, toSavedView } from './saved-view.ts'

/** The views of one person, by name. */
export async function listViews(ledger: Pick<Ledger, 'db'>, { userId }: { userId: string }): Promise<SavedView[]> {
  const rows = await ledger.db
    .selectFrom('saved_views')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('name')
    .execute()
  return rows.map(toSavedView)
}
