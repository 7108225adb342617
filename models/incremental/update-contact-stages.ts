import type { Kysely } from 'kysely'
import type { NeighbouringContacts } from '../contacts/neighbouring-contacts.ts'
import { endOfTime } from '../contacts/span.ts'
import { type ContactStage, contactStages, labelStages } from '../contacts/stage-contacts.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { tableColumns } from '../warehouse/table-columns.ts'
import { dropTemporary, makeTemporary } from '../warehouse/temporary-table.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { ChangedContacts } from './find-changed-contacts.ts'
import { findRevisitedContacts } from './find-revisited-contacts.ts'

type Key = { source: string; interaction_id: string }
type Changes = { stage_changes: Key & { started_at: Date; row_count: number } }
type Tables = ChangedContacts & NeighbouringContacts & Changes & { revisited_contacts: Key }

/** Grain: one instant at which a contact began whose row in `contacts` may be another one now. */
export type TouchedStarts = { touched_starts: { started_at: Date } }

const key = ['source', 'interaction_id'] as const

/** Brings the kept stages up to date with the changed contacts, and makes the temporary table `touched_starts`. */
export async function updateContactStages(warehouse: Pick<Warehouse, 'db' | 'dialect'>): Promise<void> {
  const { db, dialect } = warehouse
  const temporary = db.withTables<Tables>()
  await makeTemporary(
    db,
    'touched_starts',
    temporary.selectFrom('changed_contacts').where('started_at', 'is not', null).select('started_at').distinct(),
  )
  const span = await spanOf(db, 'changed_contacts')
  let since = span.from
  for (const { table, query, isKept } of contactStages(warehouse, 'asked_contacts')) {
    if (table in labelStages) await replaceRows(db, table as ContactStage, query as never, span)
    else if (isKept) await replaceChangedRows(db, table as ContactStage, query as never, since)
    else if (table !== 'neighbouring_contacts') await makeTemporary(db, table, query)
    else {
      await findRevisitedContacts(db, dialect)
      await makeTemporary(
        db,
        'revisited_contacts',
        temporary
          .selectFrom('neighbouring_contacts')
          .select(key)
          .union(temporary.selectFrom('changed_contacts').select(key)),
      )
      const neighbours = await spanOf(db, 'neighbouring_contacts')
      since = new Date(Math.min(neighbours.from.getTime(), since.getTime()))
    }
  }
  for (const { table, isKept } of contactStages(warehouse)) if (!isKept) await dropTemporary(db, table)
  for (const table of ['revisited_contacts', 'stage_changes']) await dropTemporary(db, table)
}

interface Span {
  from: Date
  through: Date
}

/** When the contacts of a table began: rows of a stage outside of it belong to others. */
async function spanOf(db: Kysely<WarehouseSchema>, table: 'changed_contacts' | 'neighbouring_contacts'): Promise<Span> {
  const { first, last } = await db
    .selectFrom(table as 'contacts')
    .select((eb) => [eb.fn.min<Date | null>('started_at').as('first'), eb.fn.max<Date | null>('started_at').as('last')])
    .executeTakeFirstOrThrow()
  return { from: first ?? endOfTime, through: last ?? endOfTime }
}

/** The changed contacts are counted anew whatever hangs on them, so that nothing has to be compared. */
async function replaceRows(
  db: Kysely<WarehouseSchema>,
  stage: ContactStage,
  query: never,
  { from, through }: Span,
): Promise<void> {
  const changed = db.withTables<Tables>().selectFrom('changed_contacts').select(key)
  await db
    .deleteFrom(stage)
    .where('started_at', '>=', from)
    .where('started_at', '<=', through)
    .where((eb) => eb(eb.refTuple(...key), 'in', changed.$asTuple(...key)))
    .execute()
  await db.insertInto(stage).columns(columnsOf(stage)).expression(query).execute()
}

/**
 * Replaces the rows of the revisited contacts that are other ones now, and notes when those contacts began. Rows that
 * come out as they were stay where they are.
 */
async function replaceChangedRows(
  db: Kysely<WarehouseSchema>,
  stage: ContactStage,
  query: never,
  since: Date,
): Promise<void> {
  const temporary = db.withTables<Tables>()
  const columns = columnsOf(stage)
  const revisited = temporary.selectFrom('revisited_contacts').select(key)
  const before = db
    .selectFrom(stage)
    .where('started_at', '>=', since)
    .where((eb) => eb(eb.refTuple(...key), 'in', revisited.$asTuple(...key)))
    .select(columns)
    .select((eb) => eb.lit(-1 as number).as('row_count'))
  const after = db
    .selectFrom((query as typeof before).as('a'))
    .select(columns)
    .select((eb) => eb.lit(1 as number).as('row_count'))
  await makeTemporary(
    db,
    'stage_changes',
    db
      .selectFrom(before.unionAll(after).as('r'))
      .select(columns)
      .select((eb) => eb.fn.sum<number>('r.row_count').as('row_count'))
      .groupBy(columns)
      .having((eb) => eb.fn.sum<number>('r.row_count'), '!=', 0),
  )
  const changes = temporary.selectFrom('stage_changes')
  await db
    .deleteFrom(stage)
    .where('started_at', '>=', since)
    .where((eb) =>
      eb(
        eb.refTuple(...key),
        'in',
        changes
          .where('row_count', '<', 0)
          .select(key)
          .$asTuple(...key),
      ),
    )
    .execute()
  await db
    .insertInto(stage)
    .columns(columns)
    .expression(changes.where('row_count', '>', 0).select(columns) as never)
    .execute()
  await db.withTables<TouchedStarts>().insertInto('touched_starts').expression(changes.select('started_at')).execute()
}

/** In the order of the table, in which the queries of the stages give them too. */
function columnsOf(stage: ContactStage): (typeof key)[number][] {
  return Object.keys(tableColumns[stage]) as (typeof key)[number][]
}
