import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { DailyCountsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type CountColumn, countedContacts } from './counted-contacts.ts'

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

/**
 * Grain: day x type x channel x handled_by x tier x AI version x CSAT scale. Everything in it adds up over any of them.
 * Fills the empty table `daily_counts` from `contacts`.
 */
export async function buildDailyCounts(warehouse: Pick<Warehouse, 'db' | 'dialect'>): Promise<void> {
  const { db } = warehouse
  const columns = [...countColumns, ...sumColumns]
  await db
    .insertInto('daily_counts')
    .columns([...grain, 'csat_scale', ...columns])
    .expression(dailyCounts(warehouse, columns) as never)
    .execute()
}

/** The given columns of `daily_counts` from `contacts`. */
export function dailyCounts(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  columns: readonly (CountColumn | SumColumn)[],
) {
  return db
    .selectFrom('contacts')
    .select([...grain])
    .select((eb) => [
      eb.fn.coalesce('csat_scale', eb.cast<'none'>(eb.val('none'), 'varchar')).as('csat_scale'),
      ...countColumns
        .filter((column) => columns.includes(column))
        .map((column) => countIf(eb, countedContacts[column](eb)).as(column)),
      ...sumColumns
        .filter((column) => columns.includes(column))
        .map((column) => sumOf(eb, dialect, sums[column]).as(column)),
    ])
    .groupBy([...grain, 'csat_scale'])
}

function countIf(eb: Contacts, condition: Expression<SqlBool>) {
  return eb.fn.count<number>(eb.case().when(condition).then(eb.lit(1)).end())
}

function sumOf(eb: Contacts, dialect: SqlDialect, { of, over, power }: (typeof sums)[SumColumn]) {
  const hundredths = dialect.hundredths(eb.ref(of))
  const term = power === 1 ? hundredths : eb(hundredths, '*', hundredths as never)
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
