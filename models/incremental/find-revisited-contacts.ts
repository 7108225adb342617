import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import { demandContacts } from '../contacts/demand-contacts.ts'
import { longestReach, type NeighbouringContacts } from '../contacts/neighbouring-contacts.ts'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import { dropTemporary, makeTemporary } from '../warehouse/temporary-table.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { ChangedContacts } from './find-changed-contacts.ts'

const day = 24 * 60 * 60
/** How far back contacts are read at first. Most customers were silent for a week somewhere in it. */
const lookBack = 28 * day

type Recent = NeighbouringContacts['neighbouring_contacts'] & {
  segment: number
  segment_started_at: Date
  segment_reached_at: Date
}
type Tables = ChangedContacts &
  NeighbouringContacts & { recent_contacts: Recent; changed_customers: { customer_id: string } }

/**
 * Makes the temporary table `neighbouring_contacts` of the contacts whose place among the contacts of their customer may
 * have changed, with all that they can depend on.
 *
 * A customer's contacts fall into segments between which nobody called for 7 days; no repeat, chain or recovery crosses
 * from one to the next. Segments that reach into the changed time are worked out anew, as a whole. Contacts are read four
 * weeks back, and all of a customer whose segment may begin before that.
 */
export async function findRevisitedContacts(db: Kysely<WarehouseSchema>, dialect: SqlDialect): Promise<void> {
  const temporary = db.withTables<Tables>()
  const first = await temporary
    .selectFrom('changed_contacts')
    .select((eb) => eb.fn.min('started_at').as('started_at'))
    .executeTakeFirstOrThrow()
  const changedFrom = new Date((first.started_at ?? new Date(0)).getTime() - longestReach * 1000)
  const readFrom = new Date(changedFrom.getTime() - lookBack * 1000)
  await makeTemporary(
    db,
    'changed_customers',
    temporary.selectFrom('changed_contacts').where('customer_id', 'is not', null).select('customer_id').distinct(),
  )
  await makeTemporary(db, 'recent_contacts', withSegments(db, dialect, readFrom))
  const affected = temporary.selectFrom('recent_contacts as r').where('r.segment_reached_at', '>=', changedFrom)
  const settledFrom = new Date(readFrom.getTime() + longestReach * 1000)
  const unsettled = await affected
    .where('r.segment_started_at', '<=', settledFrom)
    .select('r.customer_id')
    .distinct()
    .execute()
  const columns = [
    'source',
    'interaction_id',
    'started_at',
    'claimed_resolution',
    'customer_id',
    'issue',
    'finished_at',
  ] as const
  const customers = unsettled.map(({ customer_id }) => customer_id)
  const settled = affected.select(columns.map((column) => `r.${column}` as const))
  await makeTemporary(
    db,
    'neighbouring_contacts',
    customers.length === 0
      ? settled
      : settled
          .where('r.customer_id', 'not in', customers)
          .unionAll(
            db.selectFrom(demandContacts(db).as('d')).where('d.customer_id', 'in', customers).select(columns) as never,
          ),
  )
  await dropTemporary(db, 'recent_contacts')
  await dropTemporary(db, 'changed_customers')
}

/** The contacts of the changed customers that reach to `from` or later, with the segment of each. */
function withSegments(db: Kysely<WarehouseSchema>, dialect: SqlDialect, from: Date) {
  // Three parts, so that the engine can leave out blocks of rows by the range of each column.
  const recent = recentContacts(db, (eb) => eb('interactions.ended_at', '>=', from))
    .unionAll(
      recentContacts(db, (eb) =>
        eb.and([eb('interactions.started_at', '>=', from), eb('interactions.ended_at', '<', from)]),
      ),
    )
    .unionAll(
      recentContacts(db, (eb) =>
        eb.and([eb('interactions.started_at', '>=', from), eb('interactions.ended_at', 'is', null)]),
      ),
    )
  const ordered = db
    .selectFrom(recent.as('d'))
    .selectAll('d')
    .select((eb) => [
      eb.fn
        .agg<Date | null>('lead', ['d.started_at'])
        .over((over) => over.partitionBy('d.customer_id').orderBy('d.started_at'))
        .as('next_started_at'),
      eb.fn
        .max<Date>(eb.fn<Date>('greatest', ['d.started_at', 'd.finished_at']))
        .over((over) => over.partitionBy('d.customer_id').orderBy('d.started_at'))
        .as('reached_at'),
    ])
  const broken = db
    .selectFrom(ordered.as('o'))
    .selectAll('o')
    .select((eb) =>
      eb
        .case()
        .when(dialect.secondsBetween(eb.ref('o.reached_at'), eb.ref('o.next_started_at')), '>', eb.lit(longestReach))
        .then(eb.lit(1))
        .else(eb.lit(0))
        .end()
        .as('is_last'),
    )
  // Contacts of one instant are in any order, but only the last of them can end a segment: all before it count 0.
  const numbered = db
    .selectFrom(broken.as('b'))
    .selectAll('b')
    .select((eb) =>
      eb(
        eb.fn
          .sum<number>('b.is_last')
          .over((over) => over.partitionBy('b.customer_id').orderBy('b.started_at').orderBy('b.next_started_at')),
        '-',
        eb.ref('b.is_last'),
      ).as('segment'),
    )
  return db
    .selectFrom(numbered.as('n'))
    .selectAll('n')
    .select((eb) => [
      eb.fn
        .min('n.started_at')
        .over((over) => over.partitionBy(['n.customer_id', 'n.segment']))
        .as('segment_started_at'),
      eb.fn
        .max('n.reached_at')
        .over((over) => over.partitionBy(['n.customer_id', 'n.segment']))
        .as('segment_reached_at'),
    ])
}

function recentContacts(
  db: Kysely<WarehouseSchema>,
  isRecent: (eb: ExpressionBuilder<WarehouseSchema, 'interactions'>) => Expression<SqlBool>,
) {
  return demandContacts(db)
    .where(isRecent)
    .where((eb) =>
      eb(
        'interactions.customer_id',
        'in',
        eb.selectFrom('changed_customers' as 'interactions').select('customer_id') as never,
      ),
    )
}
