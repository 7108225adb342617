import type { Kysely } from 'kysely'
import type { LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'

/** Whether somebody else chose the password with which this person signs in. */
export async function hasFirstPassword(db: Kysely<LedgerSchema>, userId: string): Promise<boolean> {
  const row = await db.selectFrom('first_passwords').select('user_id').where('user_id', '=', userId).executeTakeFirst()
  return row !== undefined
}

/** Notes that the password of this person was chosen for them. */
export async function noteFirstPassword(
  db: LedgerTransaction,
  clock: Clock,
  { userId, givenBy }: { userId: string; givenBy: string },
): Promise<void> {
  const given = { given_by: givenBy, given_at: clock.now.toISOString() }
  await db
    .insertInto('first_passwords')
    .values({ user_id: userId, ...given })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(given))
    .execute()
}

/** The person set their own. */
export async function forgetFirstPassword(db: LedgerTransaction, userId: string): Promise<void> {
  await db.deleteFrom('first_passwords').where('user_id', '=', userId).execute()
}
