import type { Kysely } from 'kysely'
import { type CountColumn, countedContacts } from '../daily/counted-contacts.ts'
import type { CsatScale } from '../metrics.ts'
import type { Month } from '../reporting-month.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { HandledBy } from './metric-parts.ts'

const sumColumns = [
  'qa_score_centi_sum',
  'qa_score_centi_square_sum',
  'csat_score_centi_sum',
  'csat_score_centi_square_sum',
  'human_centisecond_sum',
] as const

export type SumOnlyColumn = (typeof sumColumns)[number]
export type SumColumn = CountColumn | SumOnlyColumn

const allColumns: readonly SumColumn[] = [...(Object.keys(countedContacts) as CountColumn[]), ...sumColumns]

/** Additive sums of one month, type, handler and CSAT scale. */
export type MonthCounts = Record<SumColumn, number> & {
  month: string
  interaction_type: string
  handled_by: HandledBy
  csat_scale: CsatScale | 'none'
}

/** Grain: month x type x handled_by x CSAT scale, of the months from `from` on: all that metrics are computed from. */
export async function listMonthCounts(
  db: Kysely<WarehouseSchema>,
  dialect: SqlDialect,
  from: Month | null,
): Promise<MonthCounts[]> {
  const rows = await monthCounts({ db, dialect }, allColumns)
    .$if(from !== null, (query) => query.where('contact_month', '>=', `${from}-01`))
    .execute()
  return rows as unknown as MonthCounts[]
}

/** Grain: handled_by x CSAT scale, over all types and the months from `from` on, which are named `all`. */
export async function listTotalCounts(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  from: Month | null,
): Promise<MonthCounts[]> {
  const rows = await db
    .selectFrom('daily_counts')
    .select(['handled_by', 'csat_scale'])
    .select((eb) => allColumns.map((column) => eb.fn.sum<number>(column).as(column)))
    .$if(from !== null, (query) => query.where('contact_month', '>=', dialect.day(`${from}-01`)))
    .groupBy(['handled_by', 'csat_scale'])
    .execute()
  return rows.map((row) => ({ ...row, month: 'all', interaction_type: 'all' })) as unknown as MonthCounts[]
}

/** The given sums of a month, type, handler and CSAT scale, from `daily_counts`. */
export function monthCounts({ db, dialect }: Pick<Warehouse, 'db' | 'dialect'>, columns: readonly SumColumn[]) {
  return db
    .selectFrom('daily_counts')
    .select(['contact_month', 'interaction_type', 'handled_by', 'csat_scale'])
    .select((eb) => [
      dialect.monthText(eb.ref('contact_month')).as('month'),
      ...columns.map((column) => eb.fn.sum<number>(column).as(column)),
    ])
    .groupBy(['contact_month', 'interaction_type', 'handled_by', 'csat_scale'])
    .orderBy('contact_month')
    .orderBy('interaction_type')
}
