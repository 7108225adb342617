import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { ContactOptions } from '../contacts/contact-columns.ts'
import { type ContactReading, contactRows } from '../contacts/contact-rows.ts'
import { contactSlices, withStagesWithin } from '../contacts/contact-slices.ts'
import { aroundDays, type Span } from '../contacts/span.ts'
import { contactStageNames } from '../contacts/stage-contacts.ts'
import { withJoinsAsWritten } from '../warehouse/joins-as-written.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { dropTemporary, makeTemporary } from '../warehouse/temporary-table.ts'
import type { DailyCountsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type CountColumn, countedContacts } from './counted-contacts.ts'
import { hundredths } from './hundredths.ts'

type Contacts = ExpressionBuilder<WarehouseSchema, 'contacts'>
type SumColumn = Exclude<Extract<keyof DailyCountsTable, `${string}_sum`>, never>

const grain = [
  'contact_date',
  'contact_month',
  'interaction_type',
  'channel',
  'handled_by',
  'customer_tier',
  'ai_version',
] as const

/** Sums of scores in hundredths, of squares in ten-thousandths: whole numbers, the same in any order of rows. */
const sums: { [C in SumColumn]: { of: 'qa_score' | 'csat_score' | 'human_seconds'; over: CountColumn; power: 1 | 2 } } =
  {
    qa_score_centi_sum: { of: 'qa_score', over: 'qa_scored_count', power: 1 },
    qa_score_centi_square_sum: { of: 'qa_score', over: 'qa_scored_count', power: 2 },
    csat_score_centi_sum: { of: 'csat_score', over: 'csat_answered_count', power: 1 },
    csat_score_centi_square_sum: { of: 'csat_score', over: 'csat_answered_count', power: 2 },
    human_centisecond_sum: { of: 'human_seconds', over: 'human_timed_count', power: 1 },
  }

const countColumns = Object.keys(countedContacts) as CountColumn[]
const sumColumns = Object.keys(sums) as SumColumn[]
/** Every column of daily_counts beside its grain. */
export const countedColumns = [...countColumns, ...sumColumns]

/** A table that maps quarters of an hour to days: far fewer than contacts, and the calendar is slow. */
const days = 'days_of_quarter_hours'
/** Every contact on which something hangs. */
const hanging = 'hanging_contacts'
/** Counts that are still to be added up. */
const parts = 'parts_of_daily_counts'

/**
 * Grain: day x type x channel x handled_by x tier x AI version x CSAT scale. Everything in it adds up over any of them.
 * Fills the empty table `daily_counts`.
 *
 * Contacts on which nothing hangs are most: they are counted without reading a stage, and the others apart. About
 * `contactsAtOnce` are read at a time, so that memory is bounded.
 */
export async function buildDailyCounts(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  options: ContactOptions,
  contactsAtOnce: number,
): Promise<void> {
  const { db, dialect } = warehouse
  await makeDays(warehouse, options.reportingTimeZone)
  let isFirst = true
  for (const within of await contactSlices(db, dialect, contactsAtOnce)) {
    await makeHangingContacts(db, within)
    const ofSlice = { daysFrom: days, ...(within && { within }) }
    const counted = (reader: typeof db, reading: ContactReading) =>
      dailyCounts(warehouse, countedColumns, contactRows(reader, dialect, options, { ...ofSlice, ...reading }).rows)
    const { reader, ...stages } = within === undefined ? { reader: db } : withStagesWithin(db, within)
    await withJoinsAsWritten(db, async () => {
      // One after the other, since both together would not fit into little memory.
      const bare = counted(db, { among: { table: hanging, isIn: false }, hanging: 'none' })
      if (isFirst) await makeTemporary(db, parts, bare)
      else await appendParts(db, bare)
      await appendParts(db, counted(reader, { among: { table: hanging, isIn: true }, ...stages }))
    })
    isFirst = false
  }
  await db
    .insertInto('daily_counts')
    .columns([...grain, 'csat_scale', ...countedColumns])
    .expression(
      db
        .selectFrom(parts as 'daily_counts')
        .select([...grain, 'csat_scale'])
        .select((eb) => countedColumns.map((column) => eb.fn.sum<number>(column as never).as(column)))
        .groupBy([...grain, 'csat_scale']) as never,
    )
    .execute()
  for (const table of [days, hanging, parts]) await dropTemporary(db, table)
}

/**
 * Appends the counts of the days in `table` (column contact_date), all of which lie within from..through (YYYY-MM-DD).
 * Of the stages, too, only what began around these days is read.
 */
export async function insertDaysOfCounts(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  options: ContactOptions,
  ofDays: { table: string; from: string; through: string },
): Promise<void> {
  const { db, dialect } = warehouse
  const around = aroundDays(ofDays)
  await makeDays(warehouse, options.reportingTimeZone, around)
  const { reader, stagesFrom } = withStagesWithin(db, around)
  const { rows } = contactRows(reader, dialect, options, { daysFrom: days, ofDays, stagesFrom })
  await withJoinsAsWritten(db, async () => {
    await db
      .insertInto('daily_counts')
      .columns([...grain, 'csat_scale', ...countedColumns])
      .expression(dailyCounts(warehouse, countedColumns, rows) as never)
      .execute()
  })
  await dropTemporary(db, days)
}

async function makeDays(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  timeZone: string,
  within?: Span,
): Promise<void> {
  const started =
    within === undefined
      ? db.selectFrom('interactions')
      : db.selectFrom('interactions').where('started_at', '>=', within.from).where('started_at', '<', within.before)
  const quarterHours = started.select((eb) => dialect.quarterHour(eb.ref('started_at')).as('quarter_hour')).distinct()
  await makeTemporary(
    db,
    days,
    db
      .selectFrom(quarterHours.as('q'))
      .select('q.quarter_hour')
      .select((eb) => {
        const start = dialect.quarterHourStart(eb.ref('q.quarter_hour'))
        return [
          dialect.localDay(start, timeZone).as('contact_date'),
          dialect.localMonth(start, timeZone).as('contact_month'),
        ]
      }),
  )
}

async function appendParts(db: Kysely<WarehouseSchema>, counted: ReturnType<typeof dailyCounts>): Promise<void> {
  await db
    .insertInto(parts as 'daily_counts')
    .expression(counted as never)
    .execute()
}

async function makeHangingContacts(db: Kysely<WarehouseSchema>, within: Span | undefined): Promise<void> {
  const [first, ...others] = contactStageNames.map((stage) => {
    const keys = db.selectFrom(stage).select(['source', 'interaction_id'])
    if (within === undefined) return keys
    return keys.where('started_at', '>=', within.from).where('started_at', '<', within.before)
  })
  if (first === undefined) return
  await makeTemporary(
    db,
    hanging,
    others.reduce((all, each) => all.union(each), first),
  )
}

/** The given columns of `daily_counts` from `contacts`, or from the rows given in their place. */
export function dailyCounts(
  { db }: Pick<Warehouse, 'db'>,
  columns: readonly (CountColumn | SumColumn)[],
  contacts?: ReturnType<typeof contactRows>['rows'],
) {
  return db
    .selectFrom(contacts === undefined ? 'contacts' : (contacts.as('contacts') as never as 'contacts'))
    .select([...grain])
    .select((eb) => [
      eb.fn.coalesce('csat_scale', eb.cast<'none'>(eb.val('none'), 'varchar')).as('csat_scale'),
      ...countColumns
        .filter((column) => columns.includes(column))
        .map((column) => countIf(eb, countedContacts[column](eb)).as(column)),
      ...sumColumns.filter((column) => columns.includes(column)).map((column) => sumOf(eb, sums[column]).as(column)),
    ])
    .groupBy([...grain, 'csat_scale'])
}

function countIf(eb: Contacts, condition: Expression<SqlBool>) {
  return eb.fn.count<number>(eb.case().when(condition).then(eb.lit(1)).end())
}

function sumOf(eb: Contacts, { of, over, power }: (typeof sums)[SumColumn]) {
  const score = hundredths(eb, eb.ref(of))
  const term = power === 1 ? score : eb(score, '*', score)
  return eb.fn.coalesce(
    eb.fn.sum<number>(
      eb
        .case()
        .when(countedContacts[over](eb))
        .then(term as Expression<number | null>)
        .end(),
    ),
    eb.lit(0),
  )
}
