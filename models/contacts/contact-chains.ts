import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { RepeatCandidates } from './repeat-candidates.ts'
import type { RepeatLinks } from './repeat-links.ts'

type Schema = WarehouseSchema & RepeatCandidates & RepeatLinks

const window = 48 * 60 * 60

/**
 * Grain: one contact of a chain of more than one contact. A chain is what one customer needed for one issue: each
 * contact begins within 48 h of the end of one at the start before it; contacts that begin at the same instant belong
 * together. Its head is the first (by start, source, id), its last contacts those of the latest start.
 *
 * Worked out on instants: a chain breaks where no contact of the instant before leads on.
 */
export function contactChains(db: Kysely<WarehouseSchema>) {
  return db
    .withTables<RepeatCandidates & RepeatLinks>()
    .with('members', (q) =>
      q
        .selectFrom(memberRows(q).as('m'))
        .select(['m.source', 'm.interaction_id', 'm.customer_id', 'm.issue', 'm.started_at', 'm.finished_at'])
        .select((eb) => eb.fn.max('m.leads').as('leads'))
        .groupBy(['m.source', 'm.interaction_id', 'm.customer_id', 'm.issue', 'm.started_at', 'm.finished_at']),
    )
    .with('instants', (q) =>
      q
        .selectFrom(
          q
            .selectFrom('members')
            .select(['customer_id', 'issue', 'started_at'])
            .select((eb) =>
              eb.fn
                .agg<number | null>('lag', [eb.fn.max('leads')])
                .over((over) => over.partitionBy(['customer_id', 'issue']).orderBy('started_at'))
                .as('is_led'),
            )
            .groupBy(['customer_id', 'issue', 'started_at'])
            .as('i'),
        )
        .select(['i.customer_id', 'i.issue', 'i.started_at'])
        .select((eb) =>
          eb.fn
            .sum<number>(eb.case().when('i.is_led', '=', eb.lit(1)).then(eb.lit(0)).else(eb.lit(1)).end())
            .over((over) => over.partitionBy(['i.customer_id', 'i.issue']).orderBy('i.started_at'))
            .as('chain'),
        ),
    )
    .with('chained', (q) =>
      q
        .selectFrom('members as m')
        .innerJoin('instants as i', (on) =>
          on
            .onRef('i.customer_id', '=', 'm.customer_id')
            .onRef('i.issue', '=', 'm.issue')
            .onRef('i.started_at', '=', 'm.started_at'),
        )
        .select([
          'm.source',
          'm.interaction_id',
          'm.customer_id',
          'm.issue',
          'm.started_at',
          'm.finished_at',
          'i.chain',
        ])
        .select((eb) =>
          eb.fn
            .max('m.started_at')
            .over((over) => over.partitionBy(['m.customer_id', 'm.issue', 'i.chain']))
            .as('last_started_at'),
        ),
    )
    .selectFrom('chained as c')
    .select(['c.source', 'c.interaction_id', 'c.started_at'])
    .select((eb) => {
      const first = (column: 'c.source' | 'c.interaction_id') =>
        eb.fn
          .agg<string>('first_value', [column])
          .over((over) =>
            over
              .partitionBy(['c.customer_id', 'c.issue', 'c.chain'])
              .orderBy('c.started_at')
              .orderBy('c.source')
              .orderBy('c.interaction_id'),
          )
      const isLast = eb('c.started_at', '=', eb.ref('c.last_started_at'))
      return [
        first('c.source').as('chain_head_source'),
        first('c.interaction_id').as('chain_head_id'),
        eb.fn
          .countAll<number>()
          .over((over) => over.partitionBy(['c.customer_id', 'c.issue', 'c.chain']))
          .as('chain_length'),
        eb.fn
          .max<Date>(eb.case().when(isLast).then(eb.ref('c.finished_at')).end())
          .over((over) => over.partitionBy(['c.customer_id', 'c.issue', 'c.chain']))
          .as('chain_finished_at'),
      ]
    })
}

/** Contacts that lead on, contacts led to, and contacts that share their instant; a contact may be several of these. */
function memberRows(db: Pick<Kysely<Schema>, 'selectFrom'>) {
  const isLinked = db.selectFrom('repeat_links as l').where((eb) => eb('l.gap_seconds', '<=', eb.lit(window)))
  const leading = isLinked
    .select(['l.source', 'l.interaction_id', 'l.customer_id', 'l.issue', 'l.started_at', 'l.finished_at'])
    .select((eb) => eb.lit(1 as number).as('leads'))
  const led = isLinked.select((eb) => [
    'l.next_source as source',
    'l.next_interaction_id as interaction_id',
    'l.customer_id',
    'l.issue',
    'l.next_started_at as started_at',
    'l.next_finished_at as finished_at',
    eb.lit(0 as number).as('leads'),
  ])
  const tied = db
    .selectFrom(
      db
        .selectFrom('repeat_candidates as c')
        .select(['c.source', 'c.interaction_id', 'c.customer_id', 'c.issue', 'c.started_at', 'c.finished_at'])
        .select((eb) =>
          eb.fn
            .countAll<number>()
            .over((over) => over.partitionBy(['c.customer_id', 'c.issue', 'c.started_at']))
            .as('companions'),
        )
        .as('t'),
    )
    .where((eb) => eb('t.companions', '>', eb.lit(1)))
    .select(['t.source', 't.interaction_id', 't.customer_id', 't.issue', 't.started_at', 't.finished_at'])
    .select((eb) => eb.lit(0 as number).as('leads'))
  return leading.unionAll(led).unionAll(tied)
}
