import type { Expression, ExpressionBuilder, Kysely, Selectable, SqlBool } from 'kysely'
import { countedContacts } from '../daily/counted-contacts.ts'
import type { Cohort, CsatScale, MetricId } from '../metrics.ts'
import { cohortHandlers, type MetricPart, metricParts } from '../monthly/metric-parts.ts'
import { OversightError } from '../oversight-error.ts'
import { addMonths, type Month, monthsEndingWith } from '../reporting-month.ts'
import type { ContactsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type ContactDetail, hasDetail } from './contact-detail.ts'
import { type ContactFilter, fitsFilter } from './contact-filter.ts'

const dayMilliseconds = 24 * 60 * 60 * 1000

export interface CountedContactsFilter {
  month: Month
  /** How many months are pooled, the last of them being month; 1 unless given. */
  windowMonths?: number
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
  /** 1 is the first page. */
  page: number
  pageSize: number
}

/**
 * Exactly the contacts that one side of a monthly number counts, newest first, a page at a time, with their total.
 * The numerator of a mean lists the contacts whose scores it sums. A plain count has no denominator: not_found.
 */
export async function listCountedContacts(
  db: Kysely<WarehouseSchema>,
  filter: CountedContactsFilter,
): Promise<{ rows: Selectable<ContactsTable>[]; total: number }> {
  const part = metricParts[filter.metric][filter.part]
  if (part === null) {
    throw new OversightError('not_found', `${filter.metric} is a plain count: it has no denominator to list.`)
  }
  const { interactionType, interactionTypes, contacts, detail, windowMonths = 1 } = filter
  const months = monthsEndingWith(filter.month, windowMonths).map((month) => `${month}-01`)
  const ofMonths = db
    .selectFrom('contacts')
    .where('contact_month', 'in', months)
    // Wider by the longest offset of a time zone, and there to leave out the blocks of other months.
    .where('started_at', '>=', new Date(Date.parse(months.toSorted()[0] ?? '') - dayMilliseconds))
    .where('started_at', '<', new Date(Date.parse(`${addMonths(filter.month, 1)}-01`) + dayMilliseconds))
    .where((eb) => isCountedBy(eb, part, filter))
    .$if(contacts !== undefined, (query) => query.where((eb) => fitsFilter(eb, contacts as ContactFilter)))
    .$if(detail !== undefined, (query) => query.where((eb) => hasDetail(eb, detail as ContactDetail)))
    // An empty list of types has no contacts; "in ()" would not be SQL.
    .$if(interactionTypes !== undefined, (query) =>
      query.where((eb) =>
        interactionTypes?.length ? eb('interaction_type', 'in', [...interactionTypes]) : eb.lit(false),
      ),
    )
  const counted = interactionType === null ? ofMonths : ofMonths.where('interaction_type', '=', interactionType)
  const [rows, count] = await Promise.all([
    counted
      .selectAll()
      .orderBy('started_at', 'desc')
      .orderBy('source')
      .orderBy('interaction_id')
      .limit(filter.pageSize)
      .offset((filter.page - 1) * filter.pageSize)
      .execute(),
    counted.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ])
  return { rows, total: count.count }
}

function isCountedBy(
  eb: ExpressionBuilder<WarehouseSchema, 'contacts'>,
  part: MetricPart,
  { cohort, scale }: Pick<CountedContactsFilter, 'cohort' | 'scale'>,
): Expression<SqlBool> {
  const conditions = [countedContacts[part.count](eb)]
  if (part.without !== undefined) conditions.push(eb.not(countedContacts[part.without](eb)))
  for (const handlers of [cohortHandlers[cohort], part.handledBy]) {
    if (handlers !== null && handlers !== undefined) conditions.push(eb('handled_by', 'in', [...handlers]))
  }
  if (scale !== null) conditions.push(eb('csat_scale', '=', scale))
  return eb.and(conditions)
}
