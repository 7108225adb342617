import type { Kysely } from 'kysely'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { type RegisteredType, toRegisteredType } from './registered-type.ts'
import { findTypeFacts, listTypeFacts } from './type-facts.ts'

/** The registry, by name. */
export async function listRegisteredTypes(ledger: Pick<Ledger, 'db'>): Promise<RegisteredType[]> {
  const rows = await registered(ledger.db).orderBy('interaction_types.interaction_type').execute()
  const facts = await listTypeFacts(ledger.db)
  return rows.map((row) => toRegisteredType(row, facts.get(row.interaction_type)))
}

/** The highest level that each type may ever reach. */
export async function ceilingsOf({ db }: Pick<Ledger, 'db'>): Promise<ReadonlyMap<string, OversightLevel>> {
  const rows = await db.selectFrom('interaction_types').select(['interaction_type', 'ceiling']).execute()
  return new Map(rows.map((row) => [row.interaction_type, row.ceiling]))
}

/** One type; undefined when it is not registered. */
export async function findRegisteredType(
  ledger: Pick<Ledger, 'db'>,
  interactionType: string,
): Promise<RegisteredType | undefined> {
  const row = await registered(ledger.db)
    .where('interaction_types.interaction_type', '=', interactionType)
    .executeTakeFirst()
  return row === undefined ? undefined : toRegisteredType(row, await findTypeFacts(ledger.db, interactionType))
}

function registered(db: Kysely<LedgerSchema>) {
  return db
    .selectFrom('interaction_types')
    .innerJoin('users', 'users.user_id', 'interaction_types.owner_id')
    .selectAll('interaction_types')
    .select('users.name as owner_name')
}
