import type { Ledger } from '../ledger/open-ledger.ts'
import { toUser, type User } from './user.ts'

/** Everybody, by name. */
export async function listUsers(ledger: Pick<Ledger, 'db'>): Promise<User[]> {
  const rows = await ledger.db.selectFrom('users').selectAll().orderBy('name').orderBy('user_id').execute()
  return rows.map(toUser)
}
