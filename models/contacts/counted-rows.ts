import type {
  Expression,
  ExpressionBuilder,
  Kysely,
  OperationNode,
  QueryCreator,
  SelectQueryBuilder,
  SqlBool,
} from 'kysely'
import { countedContacts } from '../daily/counted-contacts.ts'
import type { Cohort, CsatScale, MetricId } from '../metrics.ts'
import { cohortHandlers, type MetricPart, metricParts } from '../monthly/metric-parts.ts'
import { OversightError } from '../oversight-error.ts'
import { addMonths, type Month, monthsEndingWith } from '../reporting-month.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { ContactsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { ContactOptions } from './contact-columns.ts'
import { type ContactDetail, hasDetail } from './contact-detail.ts'
import { type ContactFilter, fitsFilter } from './contact-filter.ts'
import { contactRows } from './contact-rows.ts'
import { aroundDays } from './span.ts'

const dayMilliseconds = 24 * 60 * 60 * 1000

export interface CountedRowsFilter {
  month: Month
  /** How many months are pooled, the last of them being month; 1 unless given. */
  windowMonths?: number
  /** Days of the reporting time zone (YYYY-MM-DD, both included), instead of the months: of daily and weekly numbers. */
  days?: { from: string; through: string } | undefined
  /** null: of every type. */
  interactionType: string | null
  /** Of every type, only these count; unless given, all of them. */
  interactionTypes?: readonly string[] | undefined
  contacts?: ContactFilter | undefined
  /** Only those of them with this detail. */
  detail?: ContactDetail | undefined
  metric: MetricId
  cohort: Cohort
  /** Set for CSAT, null otherwise. */
  scale: CsatScale | null
  part: 'numerator' | 'denominator'
}

type CountedRows = SelectQueryBuilder<WarehouseSchema, 'contacts', object>
type ContactColumn = keyof ContactsTable

/**
 * Exactly the contacts that one side of a number counts, as a query over `contacts` of which the columns named and those
 * that the definition asks for can be read. Only the stages behind these are joined, which over millions of contacts is
 * the difference between seconds and minutes. The numerator of a mean lists the contacts whose scores it sums. Throws
 * not_found for the denominator of a plain count.
 */
export async function countedRows(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  filter: CountedRowsFilter,
  columns: readonly ContactColumn[],
): Promise<CountedRows> {
  const part = metricParts[filter.metric][filter.part]
  if (part === null) {
    throw new OversightError('not_found', `${filter.metric} is a plain count: it has no denominator to list.`)
  }
  const counted = (from: QueryCreator<WarehouseSchema>) => whereCounted(from.selectFrom('contacts'), part, filter)
  const asked = columnsIn(counted(db).toOperationNode())
  const { from, before } = aroundDays(spanOf(filter))
  const { rows } = contactRows(db, dialect, await contactOptions(db), { only: [...columns, ...asked] })
  const ofSpan = rows
    .where('interactions.started_at' as never, '>=', from as never)
    .where('interactions.started_at' as never, '<', before as never)
  return counted(
    db.with(
      (named) => named('contacts').notMaterialized(),
      () => ofSpan as never,
    ) as unknown as QueryCreator<WarehouseSchema>,
  )
}

/** With what the contacts of this snapshot were made; see buildModels. */
export async function contactOptions(db: Kysely<WarehouseSchema>): Promise<ContactOptions> {
  const [info, build] = await Promise.all([
    db.selectFrom('snapshot_info').select('reporting_time_zone').executeTakeFirst(),
    db.selectFrom('model_build').select('observed_through').executeTakeFirst(),
  ])
  if (info === undefined) {
    throw new OversightError('not_found', 'This warehouse holds no built models yet. Run "oversight models build".')
  }
  return { reportingTimeZone: info.reporting_time_zone, watermark: build?.observed_through ?? null }
}

function whereCounted(contacts: CountedRows, part: MetricPart, filter: CountedRowsFilter): CountedRows {
  const { interactionType, interactionTypes, contacts: fits, detail } = filter
  let counted = contacts.where((eb) => isInSpan(eb, filter)).where((eb) => isCountedBy(eb, part, filter))
  if (fits !== undefined) counted = counted.where((eb) => fitsFilter(eb, 'contacts', fits))
  if (detail !== undefined) counted = counted.where((eb) => hasDetail(eb, detail))
  if (interactionTypes !== undefined) {
    // An empty list of types has no contacts; "in ()" would not be SQL.
    counted = counted.where((eb) =>
      interactionTypes.length > 0 ? eb('interaction_type', 'in', [...interactionTypes]) : eb.lit(false),
    )
  }
  return interactionType === null ? counted : counted.where('interaction_type', '=', interactionType)
}

/** The first and the last day. */
function spanOf({ month, windowMonths = 1, days }: CountedRowsFilter): { from: string; through: string } {
  if (days !== undefined) return days
  const lastDay = new Date(Date.parse(`${addMonths(month, 1)}-01`) - dayMilliseconds).toISOString().slice(0, 10)
  return { from: `${addMonths(month, 1 - windowMonths)}-01`, through: lastDay }
}

/** The calendar is slow, so it is asked only about the contacts near an end of the span. */
function isInSpan(eb: ExpressionBuilder<WarehouseSchema, 'contacts'>, filter: CountedRowsFilter): Expression<SqlBool> {
  const { from, through } = spanOf(filter)
  const isWellInside = eb.and([
    eb('started_at', '>=', new Date(Date.parse(from) + dayMilliseconds)),
    eb('started_at', '<', new Date(Date.parse(through))),
  ])
  const isInside =
    filter.days === undefined
      ? eb(
          'contact_month',
          'in',
          monthsEndingWith(filter.month, filter.windowMonths ?? 1).map((month) => `${month}-01`),
        )
      : eb.and([eb('contact_date', '>=', from), eb('contact_date', '<=', through)])
  return eb.case().when(isWellInside).then(eb.lit(true)).else(isInside).end() as Expression<SqlBool>
}

function isCountedBy(
  eb: ExpressionBuilder<WarehouseSchema, 'contacts'>,
  part: MetricPart,
  { cohort, scale }: Pick<CountedRowsFilter, 'cohort' | 'scale'>,
): Expression<SqlBool> {
  const conditions = [countedContacts[part.count](eb)]
  if (part.without !== undefined) conditions.push(eb.not(countedContacts[part.without](eb)))
  for (const handlers of [cohortHandlers[cohort], part.handledBy]) {
    if (handlers !== null && handlers !== undefined) conditions.push(eb('handled_by', 'in', [...handlers]))
  }
  if (scale !== null) conditions.push(eb('csat_scale', '=', scale))
  return eb.and(conditions)
}

/** Names of the columns that a query speaks of. */
function columnsIn(node: OperationNode): string[] {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('kind' in value && value.kind === 'ColumnNode' && 'column' in value) {
      found.add((value.column as { name: string }).name)
    }
    for (const member of Object.values(value)) visit(member)
  }
  visit(node)
  return [...found]
}
