import type { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import { plainText } from '../audit/plain-text.ts'
import type { LedgerSchema, SavedViewsTable } from '../ledger/ledger-schema.ts'

/** A view of the overview under a name, its owner's alone. */
export interface SavedView {
  id: string
  name: string
  /** Search of the overview's address, without a question mark; without a month: the newest. */
  search: string
}

export const viewName = plainText(60, 1)

export function toSavedView({ view_id, name, search }: SavedViewsTable): SavedView {
  return { id: view_id, name, search }
}

/** Two of one name could not be told apart. Throws conflict when another view of the person has this name. */
export async function refuseTakenName(
  db: Kysely<LedgerSchema>,
  { userId, name, except = '' }: { userId: string; name: string; except?: string },
): Promise<void> {
  const taken = await db
    .selectFrom('saved_views')
    .select('view_id')
    .where('user_id', '=', userId)
    .where('name', '=', name)
    .where('view_id', '<>', except)
    .executeTakeFirst()
  if (taken !== undefined) {
    throw new OversightError('conflict', `You have a view "${name}" already. Choose another name, or delete that view.`)
  }
}
