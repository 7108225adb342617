import type { Kysely, Selectable, SelectQueryBuilder } from 'kysely'
import { inBatches } from '../in-batches.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { ContactsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { contactRows } from './contact-rows.ts'
import { type CountedRowsFilter, contactOptions, countedRows } from './counted-rows.ts'
import { contactStageNames } from './stage-contacts.ts'

/** What a list says of each contact. */
export const listedColumns = [
  'source',
  'interaction_id',
  'url',
  'interaction_type',
  'started_at',
  'is_time_placeholder',
  'channel',
  'handled_by',
  'customer_tier',
  'ai_version',
  'is_review_drawn',
  'is_review_completed',
  'is_error',
  'severity',
  'defect',
  'is_escalated',
  'is_escalation_expected',
  'is_repeat_48h',
  'repeat_gap_seconds',
  'csat_scale',
  'is_csat_answered',
  'csat_score',
] as const satisfies readonly (keyof ContactsTable)[]

export type ListedContact = Selectable<Pick<ContactsTable, (typeof listedColumns)[number]>>

/** By what a list can be sorted. */
export const contactSorts = [
  'started_at',
  'interaction_type',
  'channel',
  'handled_by',
  'ai_version',
  'is_error',
  'is_escalated',
  'repeat_gap_seconds',
  'csat_score',
] as const satisfies readonly (typeof listedColumns)[number][]

export interface ContactSort {
  column: (typeof contactSorts)[number]
  direction: 'asc' | 'desc'
}

const newestFirst: ContactSort = { column: 'started_at', direction: 'desc' }

interface Page {
  sort?: ContactSort | undefined
  /** 1 is the first page. */
  page: number
  pageSize: number
}

/**
 * Exactly the contacts that one side of a number counts, a page at a time, with their total. Sorted as asked, contacts
 * without a value last, then newest first. First the keys of the page are found, from the few columns that decide; then
 * its contacts are read, so that nothing else is put together.
 */
export async function listCountedContacts(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  { sort = newestFirst, page, pageSize, ...filter }: CountedRowsFilter & Page,
): Promise<{ rows: ListedContact[]; total: number }> {
  const counted = await countedRows(warehouse, filter, [...keyColumns, sort.column])
  const [keys, count] = await Promise.all([
    sorted(counted.select(keyColumns), sort)
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
    counted.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ])
  return { rows: await contactsOf(warehouse, keys), total: count.count }
}

/** How many contacts one side of a number counts, from the contacts themselves. */
export async function countCountedContacts(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  filter: CountedRowsFilter,
): Promise<number> {
  const counted = await countedRows(warehouse, filter, [])
  const { count } = await counted.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return count
}

/** All of them in the order of the list, in batches; the warehouse must stay open until the last. */
export async function* streamCountedContacts(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  { sort = newestFirst, ...filter }: CountedRowsFilter & { sort?: ContactSort | undefined },
  batchSize = 2000,
): AsyncGenerator<ListedContact[]> {
  const counted = await countedRows(warehouse, filter, listedColumns)
  yield* inBatches(sorted(counted.select(listedColumns), sort).stream(), batchSize)
}

function sorted<Row>(
  rows: SelectQueryBuilder<WarehouseSchema, 'contacts', Row>,
  { column, direction }: ContactSort,
): SelectQueryBuilder<WarehouseSchema, 'contacts', Row> {
  return rows
    .orderBy(column, (order) => (direction === 'asc' ? order.asc() : order.desc()).nullsLast())
    .orderBy('started_at', 'desc')
    .orderBy('source')
    .orderBy('interaction_id')
}

const keyColumns = ['source', 'interaction_id', 'started_at'] as const

type Key = Pick<ListedContact, 'source' | 'interaction_id' | 'started_at'>

/** The contacts of these keys, in their order. Of each stage only what belongs to them is read. */
async function contactsOf(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  keys: readonly Key[],
): Promise<ListedContact[]> {
  if (keys.length === 0) return []
  const ids = keys.map(({ interaction_id }) => interaction_id)
  const times = keys.map(({ started_at }) => started_at.getTime())
  let reader = db as Kysely<WarehouseSchema>
  for (const stage of contactStageNames) {
    reader = reader.with(`asked_${stage}`, (from) =>
      from.selectFrom(stage).selectAll().where('interaction_id', 'in', ids),
    ) as unknown as Kysely<WarehouseSchema>
  }
  const options = { only: listedColumns, stagesFrom: (stage: string) => `asked_${stage}` }
  const rows = (await contactRows(reader, dialect, await contactOptions(db), options)
    .rows.where('interactions.interaction_id' as never, 'in', ids as never)
    // There to leave out blocks of other days.
    .where('interactions.started_at' as never, '>=', new Date(Math.min(...times)) as never)
    .where('interactions.started_at' as never, '<=', new Date(Math.max(...times)) as never)
    .execute()) as unknown as ListedContact[]
  const byKey = new Map(rows.map((row) => [keyOf(row), row]))
  return keys.flatMap((key) => byKey.get(keyOf(key)) ?? [])
}

function keyOf({ source, interaction_id }: Pick<Key, 'source' | 'interaction_id'>): string {
  return JSON.stringify([source, interaction_id])
}
