import type { Kysely } from 'kysely'
import type { NeighbouringContacts } from '../contacts/neighbouring-contacts.ts'
import { type ContactStage, contactStages, labelStages } from '../contacts/stage-contacts.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { dropTemporary, makeTemporary } from '../warehouse/temporary-table.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { ChangedContacts } from './find-changed-contacts.ts'
import { findRevisitedContacts } from './find-revisited-contacts.ts'

type Key = { source: string; interaction_id: string }
type Tables = ChangedContacts &
  NeighbouringContacts & { revisited_contacts: Key; stage_before: Key; stage_after: Key; stage_changes: Key }

/** Grain: one instant at which a contact began whose row in `contacts` may be another one now. */
export type TouchedStarts = { touched_starts: { started_at: Date } }

/**
 * Brings the kept stages up to date with the changed contacts, and makes the temporary table `touched_starts`. Rows that
 * come out as they were stay where they are.
 */
export async function updateContactStages(warehouse: Pick<Warehouse, 'db' | 'dialect'>): Promise<void> {
  const { db, dialect } = warehouse
  const temporary = db.withTables<Tables>()
  await makeTemporary(
    db,
    'touched_starts',
    temporary.selectFrom('changed_contacts').where('started_at', 'is not', null).select('started_at').distinct(),
  )
  for (const { table, query, isKept } of contactStages(warehouse, 'asked_contacts')) {
    if (table in labelStages) await replaceRows(db, table as ContactStage, query as never, 'asked_contacts')
    else if (isKept) await replaceRows(db, table as ContactStage, query as never, 'revisited_contacts')
    else if (table !== 'neighbouring_contacts') await makeTemporary(db, table, query)
    else {
      await findRevisitedContacts(db, dialect)
      await makeTemporary(
        db,
        'revisited_contacts',
        temporary
          .selectFrom('neighbouring_contacts')
          .select(['source', 'interaction_id'])
          .union(temporary.selectFrom('asked_contacts').select(['source', 'interaction_id'])),
      )
    }
  }
  for (const { table, isKept } of contactStages(warehouse)) if (!isKept) await dropTemporary(db, table)
  await dropTemporary(db, 'revisited_contacts')
}

/** Replaces the rows of the contacts in `scope` that are other ones now, and notes when those contacts began. */
async function replaceRows(
  db: Kysely<WarehouseSchema>,
  stage: ContactStage,
  query: never,
  scope: 'asked_contacts' | 'revisited_contacts',
): Promise<void> {
  const temporary = db.withTables<Tables>()
  await makeTemporary(db, 'stage_after', query)
  await makeTemporary(
    db,
    'stage_before',
    db
      .selectFrom(stage)
      .selectAll()
      .where((eb) =>
        eb(
          eb.refTuple('source', 'interaction_id'),
          'in',
          temporary
            .selectFrom(scope)
            .select(['source', 'interaction_id'])
            .$asTuple('source', 'interaction_id') as never,
        ),
      ),
  )
  const rows = (table: 'stage_before' | 'stage_after') => temporary.selectFrom(table).selectAll()
  const differing = (one: 'stage_before' | 'stage_after', other: 'stage_before' | 'stage_after') =>
    temporary.selectFrom(rows(one).except(rows(other)).as('d')).select(['d.source', 'd.interaction_id'])
  await makeTemporary(
    db,
    'stage_changes',
    differing('stage_before', 'stage_after').union(differing('stage_after', 'stage_before')),
  )
  const isChanged = temporary
    .selectFrom('stage_changes')
    .select(['source', 'interaction_id'])
    .$asTuple('source', 'interaction_id') as never
  const key = ['source', 'interaction_id'] as const
  await db
    .deleteFrom(stage)
    .where((eb) => eb(eb.refTuple(...key), 'in', isChanged))
    .execute()
  await db
    .insertInto(stage)
    .expression(rows('stage_after').where((eb) => eb(eb.refTuple(...key), 'in', isChanged)) as never)
    .execute()
  if (scope === 'revisited_contacts') {
    // Changed contacts are in touched_starts anyway; the others are still there.
    await db
      .withTables<TouchedStarts>()
      .insertInto('touched_starts')
      .expression(
        temporary
          .selectFrom('neighbouring_contacts as n')
          .innerJoin('stage_changes as c', (on) =>
            on.onRef('c.source', '=', 'n.source').onRef('c.interaction_id', '=', 'n.interaction_id'),
          )
          .select('n.started_at'),
      )
      .execute()
  }
  for (const table of ['stage_before', 'stage_after', 'stage_changes']) await dropTemporary(db, table)
}
