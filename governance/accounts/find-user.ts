import type { Ledger } from '../ledger/open-ledger.ts'
import { toUser, type User } from './user.ts'

/** By id or by e-mail address; undefined when there is none. */
export async function findUser(
  ledger: Pick<Ledger, 'db'>,
  by: { id: string } | { email: string },
): Promise<User | undefined> {
  const query = ledger.db.selectFrom('users').selectAll()
  const row = await ('id' in by
    ? query.where('user_id', '=', by.id)
    : query.where('email', '=', by.email.trim().toLowerCase())
  ).executeTakeFirst()
  return row === undefined ? undefined : toUser(row)
}
