import type { ExpressionBuilder, Kysely } from 'kysely'
import { type ContactFilter, fitsFilter } from '../contacts/contact-filter.ts'
import { monthOfDay } from '../monthly/list-months.ts'
import { addMonths, type Month } from '../reporting-month.ts'
import type { DailyCountsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { customerSegments } from './customer-segment.ts'

export type SegmentKind = 'customers' | 'channel' | 'language'

/** AI-participated contacts of one segment of a type and month. */
export interface SegmentCounts {
  month: Month
  interactionType: string
  kind: SegmentKind
  /** vip, distressed or trust_recovery; the channel; the language tag as the source writes it, 'unknown' without one. */
  segment: string
  contacts: number
  /** Of the contacts: sent without approval. */
  sentAlone: number
  /** Random reviews completed, each contact once, whatever its weight. */
  reviewed: number
  errors: number
}

export interface SegmentFilter {
  from: Month
  through: Month
  interactionType?: string
  kinds: readonly SegmentKind[]
  /** Of which contacts; all unless given. */
  contacts?: ContactFilter
  /** Channels and languages with fewer reviews than this in all the months together are left out; 0 unless given. */
  minimumReviews?: number
}

/**
 * Grain: month x type x segment, months from..through, both included; by type, kind, segment, then month. Customer
 * segments and channels are added up from the daily counts; only languages are counted from the contacts, which is slow
 * over many of them. A month in which a segment has no contact has no row. Intervals are the caller's.
 */
export async function listSegmentCounts(
  db: Kysely<WarehouseSchema>,
  { minimumReviews = 0, ...filter }: SegmentFilter,
): Promise<SegmentCounts[]> {
  const asks = (kind: SegmentKind) => filter.kinds.includes(kind)
  const customers = asks('customers') ? await listCustomerSegments(db, filter) : []
  const channels = asks('channel') ? await listChannels(db, filter) : []
  const languages = asks('language') ? await listLanguages(db, filter) : []
  const named = [...channels, ...languages]
  const reviews = new Map<string, number>()
  for (const row of named) reviews.set(keyOf(row), (reviews.get(keyOf(row)) ?? 0) + row.reviewed)
  return [...customers, ...named.filter((row) => (reviews.get(keyOf(row)) ?? 0) >= minimumReviews)].sort((a, b) =>
    compare([a.interactionType, a.kind, a.segment, a.month], [b.interactionType, b.kind, b.segment, b.month]),
  )
}

type Asked = Omit<SegmentFilter, 'minimumReviews'>
type Count = Extract<keyof DailyCountsTable, `${string}_count`>

function ofRange(db: Kysely<WarehouseSchema>, { from, through, interactionType, contacts }: Asked) {
  const rows = db
    .selectFrom('daily_counts')
    .where('handled_by', 'in', ['ai', 'ai_assisted'])
    .where('contact_month', '>=', `${from}-01`)
    .where('contact_month', '<', `${addMonths(through, 1)}-01`)
    .where((eb) => fitsFilter(eb, 'daily_counts', contacts))
  return interactionType === undefined ? rows : rows.where('interaction_type', '=', interactionType)
}

async function listCustomerSegments(db: Kysely<WarehouseSchema>, asked: Asked): Promise<SegmentCounts[]> {
  const rows = await ofRange(db, asked)
    .select(['contact_month', 'interaction_type'])
    .select((eb) => [
      eb.fn.sum<number>('vip_count').as('vip_contacts'),
      sumWhere(eb, 'vip_count', 'alone').as('vip_alone'),
      sumWhere(eb, 'random_reviewed_count', 'vip').as('vip_reviewed'),
      sumWhere(eb, 'error_count', 'vip').as('vip_errors'),
      eb.fn.sum<number>('distressed_count').as('distressed_contacts'),
      sumWhere(eb, 'distressed_count', 'alone').as('distressed_alone'),
      eb.fn.sum<number>('distressed_reviewed_count').as('distressed_reviewed'),
      eb.fn.sum<number>('distressed_error_count').as('distressed_errors'),
      eb.fn.sum<number>('trust_recovery_count').as('trust_recovery_contacts'),
      sumWhere(eb, 'trust_recovery_count', 'alone').as('trust_recovery_alone'),
      eb.fn.sum<number>('trust_recovery_reviewed_count').as('trust_recovery_reviewed'),
      eb.fn.sum<number>('trust_recovery_error_count').as('trust_recovery_errors'),
    ])
    .groupBy(['contact_month', 'interaction_type'])
    .execute()
  return rows.flatMap((row) =>
    customerSegments
      .map(
        (segment): SegmentCounts => ({
          month: monthOfDay(row.contact_month),
          interactionType: row.interaction_type,
          kind: 'customers',
          segment,
          contacts: Number(row[`${segment}_contacts`]),
          sentAlone: Number(row[`${segment}_alone`]),
          reviewed: Number(row[`${segment}_reviewed`]),
          errors: Number(row[`${segment}_errors`]),
        }),
      )
      .filter(({ contacts }) => contacts > 0),
  )
}

async function listChannels(db: Kysely<WarehouseSchema>, asked: Asked): Promise<SegmentCounts[]> {
  const rows = await ofRange(db, asked)
    .select(['contact_month', 'interaction_type', 'channel'])
    .select((eb) => [
      eb.fn.sum<number>('contact_count').as('contacts'),
      sumWhere(eb, 'contact_count', 'alone').as('alone'),
      eb.fn.sum<number>('random_reviewed_count').as('reviewed'),
      eb.fn.sum<number>('error_count').as('errors'),
    ])
    .groupBy(['contact_month', 'interaction_type', 'channel'])
    .execute()
  return rows.map((row) => namedSegment('channel', row.channel, row))
}

async function listLanguages(db: Kysely<WarehouseSchema>, asked: Asked): Promise<SegmentCounts[]> {
  const { from, through, interactionType } = asked
  const contacts = db
    .selectFrom('contacts')
    .innerJoin('interactions as fact', (join) =>
      join.onRef('fact.source', '=', 'contacts.source').onRef('fact.interaction_id', '=', 'contacts.interaction_id'),
    )
    .where('contacts.is_ai_participated', '=', true)
    .where('contacts.contact_month', '>=', `${from}-01`)
    .where('contacts.contact_month', '<', `${addMonths(through, 1)}-01`)
    .where((eb) => fitsFilter(eb, 'contacts', asked.contacts))
  const ofType =
    interactionType === undefined ? contacts : contacts.where('contacts.interaction_type', '=', interactionType)
  const rows = await ofType
    .select(['contacts.contact_month', 'contacts.interaction_type', 'fact.language'])
    .select((eb) => {
      const isReviewed = eb('contacts.is_random_reviewed', '=', true)
      const isWrong = eb.and([isReviewed, eb('contacts.is_error', '=', true)])
      const isAlone = eb('contacts.handled_by', '=', 'ai')
      return [
        eb.fn.countAll<number>().as('contacts'),
        eb.fn.count<number>(eb.case().when(isAlone).then(1).end()).as('alone'),
        eb.fn.count<number>(eb.case().when(isReviewed).then(1).end()).as('reviewed'),
        eb.fn.count<number>(eb.case().when(isWrong).then(1).end()).as('errors'),
      ]
    })
    .groupBy(['contacts.contact_month', 'contacts.interaction_type', 'fact.language'])
    .execute()
  return rows.map((row) => namedSegment('language', row.language ?? 'unknown', row))
}

interface NamedRow {
  contact_month: string
  interaction_type: string
  contacts: number
  alone: number
  reviewed: number
  errors: number
}

function namedSegment(kind: SegmentKind, segment: string, row: NamedRow): SegmentCounts {
  return {
    month: monthOfDay(row.contact_month),
    interactionType: row.interaction_type,
    kind,
    segment,
    contacts: Number(row.contacts),
    sentAlone: Number(row.alone),
    reviewed: Number(row.reviewed),
    errors: Number(row.errors),
  }
}

/** The sum over contacts that the AI sent alone, or over those of the VIP tier. */
function sumWhere(eb: ExpressionBuilder<WarehouseSchema, 'daily_counts'>, count: Count, only: 'alone' | 'vip') {
  const condition = only === 'alone' ? eb('handled_by', '=', 'ai') : eb('customer_tier', '=', 'vip')
  return eb.fn.sum<number>(eb.case().when(condition).then(eb.ref(count)).else(eb.lit(0)).end())
}

function keyOf({ interactionType, kind, segment }: SegmentCounts): string {
  return JSON.stringify([interactionType, kind, segment])
}

function compare(left: readonly string[], right: readonly string[]): number {
  const at = left.findIndex((text, index) => text !== right[index])
  return at === -1 ? 0 : (left[at] ?? '') < (right[at] ?? '') ? -1 : 1
}
